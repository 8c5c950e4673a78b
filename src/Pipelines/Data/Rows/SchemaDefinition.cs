using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MLPipelines.Data;

/// <summary>
/// Which members of a row type are columns, and what these are called and hold, where that is known only at run time: start with
/// <see cref="Create"/>, then change names and types, add annotations, and take out columns. A type may differ from the one that the
/// member's attributes say in the size of a vector and in whether unsigned integers are keys.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The name in the API that is kept.")]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "As in the API that is kept.")]
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition() { }

    /// <summary>The first column of a name; <see langword="null"/> when there is none. Setting replaces it, or adds one.</summary>
    public Column? this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.ColumnName != columnName) throw new ArgumentException($"The column is called '{value.ColumnName}', not '{columnName}'.", nameof(value));
            int index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0) this[index] = value;
            else Add(value);
        }
    }

    /// <summary>The columns that the members of a type and their attributes stand for.</summary>
    /// <param name="userType">A class, record or struct.</param>
    /// <param name="direction">
    /// Which members: all that can be read, all that can be set, or (as <c>LoadFromEnumerable</c> takes them) those that can be both,
    /// members that the constructor sets included.
    /// </param>
    /// <exception cref="InvalidOperationException">A member has a type that columns cannot hold.</exception>
    public static SchemaDefinition Create([DynamicallyAccessedMembers(RowTypeMembers.Needed)] Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        var definition = new SchemaDefinition();
        foreach (MemberInfo member in Members(userType, direction))
        {
            string name = RowColumn.NameOf(member);
            if (definition[name] is { } other) throw RowColumn.NamedTwice(name, member, other.MemberName);
            definition.Add(new Column(member.Name, RowColumn.TypeOf(member), name));
        }
        return definition;
    }

    private static IEnumerable<MemberInfo> Members([DynamicallyAccessedMembers(RowTypeMembers.Needed)] Type type, Direction direction) => direction switch
    {
        Direction.Both => RowTypeMembers.Of(type).Columns,
        Direction.Read => RowTypeMembers.All(type).Where(member => RowTypeMembers.CanRead(member) && !member.IsDefined(typeof(NoColumnAttribute))),
        Direction.Write => RowTypeMembers.All(type).Where(member => RowMember<object>.CanSet(member) && !member.IsDefined(typeof(NoColumnAttribute))),
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "Members are read, set, or both."),
    };

    /// <summary>What members are used for: their values are read, or set.</summary>
    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    /// <summary>A member and the column that it stands for.</summary>
    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder _annotations = new();
        private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);

        internal Column(string memberName, DataViewType columnType, string columnName) =>
            (MemberName, ColumnType, ColumnName) = (memberName, columnType, columnName);

        /// <summary>The name of the member.</summary>
        public string MemberName { get; }

        /// <summary>What the column is called; <see langword="null"/> for the name of the member.</summary>
        public string? ColumnName { get; set; }

        /// <summary>The type of the column; <see langword="null"/> for the one that the member and its attributes say.</summary>
        public DataViewType? ColumnType { get; set; }

        /// <summary>What was said of the column.</summary>
        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        /// <summary>Says more of the column, such as its slot names; see <see cref="AnnotationKinds"/>.</summary>
        /// <typeparam name="T">The .NET type of the value; <see cref="VBuffer{T}"/> for a vector.</typeparam>
        /// <param name="kind">The name of the annotation.</param>
        /// <param name="value">Its value.</param>
        /// <param name="annotationType">Its type.</param>
        /// <exception cref="InvalidOperationException">The column has an annotation of that name already.</exception>
        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            ArgumentException.ThrowIfNullOrEmpty(kind);
            ArgumentNullException.ThrowIfNull(annotationType);
            if (annotationType.RawType != typeof(T))
                throw new ArgumentException($"Annotation '{kind}' of type {annotationType} is {DotNetNames.Of(annotationType.RawType)}, not {DotNetNames.Of(typeof(T))}.", nameof(annotationType));
            if (!_kinds.Add(kind)) throw new InvalidOperationException($"Column '{ColumnName ?? MemberName}' has an annotation '{kind}' already.");
            _annotations.Add(kind, annotationType, (ref T destination) => destination = value);
        }
    }
}
