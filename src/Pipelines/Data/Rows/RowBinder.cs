using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MLPipelines.Data;

/// <summary>
/// The columns that the properties and fields of a row type stand for, with what appends a row to columns and reads one from
/// them. Safe to use from many threads.
/// </summary>
internal sealed class RowBinder<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TRow>
{
    private static readonly RowTypeMembers s_type = RowTypeMembers.Of(typeof(TRow));
    private static RowBinder<TRow>? s_instance;
    private readonly RowMember<TRow>[] _members;
    private readonly ConstructorInfo? _constructor;

    private RowBinder(ConstructorInfo? constructor, params IEnumerable<Binding> bindings)
    {
        _constructor = constructor;
        List<RowMember<TRow>> members = [];
        var builder = new DataViewSchema.Builder();
        foreach (Binding binding in bindings)
        {
            RowMember<TRow> member = Bind(binding);
            if (members.Find(m => m.ColumnName == binding.Name) is { } other) throw RowColumn.NamedTwice(binding.Name, binding.Member, other.Member.Name);
            members.Add(member);
            builder.AddColumn(member.ColumnName, member.ColumnType, binding.Annotations);
        }
        if (members.Count == 0)
            throw new InvalidOperationException($"{typeof(TRow).Name} has no column: expected public properties that can be read and set, or public fields.");
        _members = [.. members];
        Schema = builder.ToSchema();
    }

    /// <summary>A member, and what is wanted of its column: without a type, what its attributes say.</summary>
    private readonly record struct Binding(MemberInfo Member, string Name, DataViewType? Type = null, DataViewSchema.Annotations? Annotations = null);

    /// <summary>The binder that follows the attributes of the row type.</summary>
    /// <exception cref="InvalidOperationException">A member has a type that columns cannot hold; the message says which and what to do.</exception>
    internal static RowBinder<TRow> Instance => s_instance ??= new(s_type.Constructor, s_type.Columns.Select(member => new Binding(member, RowColumn.NameOf(member))));

    /// <summary>A binder whose columns have the types and annotations of a schema; its columns are the schema's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column has no member.</exception>
    internal static RowBinder<TRow> For(DataViewSchema schema)
    {
        var bindings = s_type.Columns.Select(member => (Member: member, Column: schema.GetColumnOrNull(RowColumn.NameOf(member)))).Where(pair => pair.Column is not null)
            .Select(pair => new Binding(pair.Member, pair.Column!.Value.Name, pair.Column.Value.Type, pair.Column.Value.Annotations)).ToList();
        if (schema.FirstOrDefault(c => !c.IsHidden && !bindings.Exists(binding => binding.Name == c.Name)) is { Name: { } absent })
            throw new ArgumentOutOfRangeException(nameof(schema), $"{typeof(TRow).Name} has no property or field for column '{absent}'. [ColumnName] names the column of a member.");
        return new RowBinder<TRow>(s_type.Constructor, bindings);
    }

    /// <summary>A binder for the members, names, types and annotations of a definition; without one, what the attributes say.</summary>
    /// <exception cref="ArgumentException">There is no member of a name.</exception>
    internal static RowBinder<TRow> For(SchemaDefinition? definition)
    {
        if (definition is null) return Instance;
        MemberInfo[] all = [.. RowTypeMembers.All(typeof(TRow))];
        return new RowBinder<TRow>(s_type.Constructor, definition.Select(column => new Binding(
            Array.Find(all, member => member.Name == column.MemberName)
                ?? throw new ArgumentException($"{typeof(TRow).Name} has no public property or field '{column.MemberName}' for column '{column.ColumnName}'.", nameof(definition)),
            column.ColumnName ?? column.MemberName, column.ColumnType, column.Annotations)));
    }

    internal DataViewSchema Schema { get; }

    /// <summary>Empty columns, in the order of <see cref="Schema"/>.</summary>
    internal BatchColumn[] CreateColumns() => Array.ConvertAll(_members, member => BatchColumn.Create(member.ColumnType));

    /// <summary>Appends one row. After an error the columns hold part of it: clear them.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">Columns in the order of <see cref="Schema"/>; those that are <see langword="null"/> are left out.</param>
    /// <exception cref="MLPipelinesException">A vector has the wrong length, or a key is out of its range.</exception>
    internal void Append(TRow row, BatchColumn?[] columns)
    {
        for (int i = 0; i < _members.Length; i++)
            if (columns[i] is { } column) _members[i].Append(ref row, column);
    }

    /// <summary>Sets the members of a row to what they are in another. Arrays are shared, not copied.</summary>
    internal void Copy(TRow source, ref TRow target)
    {
        foreach (RowMember<TRow> member in _members) member.Copy(ref source, ref target);
    }

    /// <summary>What makes rows out of the columns of a schema.</summary>
    /// <param name="schema">The schema that batches will follow.</param>
    /// <param name="ignoreMissingColumns">Whether members without a column keep their default instead of being an error.</param>
    internal RowReader<TRow> CreateReader(DataViewSchema schema, bool ignoreMissingColumns)
    {
        var bound = new List<(RowMember<TRow>, int)>();
        List<string> missing = [];
        foreach (RowMember<TRow> member in _members)
        {
            if (schema.GetColumnOrNull(member.ColumnName) is not { } column) missing.Add(member.ColumnName);
            else if (!member.Cell.Reads(column.Type)) throw Mismatch(member, column.Name, column.Type);
            else bound.Add((member, column.Index));
        }
        if (missing.Count > 0 && !ignoreMissingColumns)
            throw new ArgumentOutOfRangeException(nameof(schema), $"{typeof(TRow).Name}: column{(missing.Count > 1 ? "s" : "")} '{string.Join("', '", missing)}' not found. "
                + $"The columns are: {schema}. ignoreMissingColumns leaves such members as they are; [ColumnName] names the column of a member; [NoColumn] marks a member that is none.");
        return new RowReader<TRow>(bound, _constructor, _members);
    }

    private static InvalidOperationException Mismatch(RowMember<TRow> member, string column, DataViewType type)
    {
        string wanted = DotNetNames.Of(type);
        string hint = RawTypes.AnyItemTypeOf(type) is KeyDataViewType && member.Cell.AnyItemType is not KeyDataViewType
            ? $"map it to its value with Conversion.MapKeyToValue, or make the member {wanted}"
            : $"make the member {wanted}" + (type is VectorDataViewType == member.Cell.IsVector && member.Cell.AnyItemType is not TextDataViewType
                ? ", or convert the column with Conversion.ConvertType" : "");
        return new InvalidOperationException(
            $"{typeof(TRow).Name}.{member.Member.Name} is {DotNetNames.Of(member.ValueType)}, but column '{column}' is {type}; {hint}.");
    }

    private static RowMember<TRow> Bind(Binding binding)
    {
        Cell cell = RowColumn.CellOf(binding.Member, binding.Type);
        RowMember<TRow> member = cell.Accept(new MemberFactory(binding.Member, binding.Name, binding.Type ?? RowColumn.TypeOf(binding.Member, cell)));
        return cell.Reads(member.ColumnType) ? member : throw Mismatch(member, binding.Name, member.ColumnType);
    }

    private sealed class MemberFactory(MemberInfo member, string name, DataViewType type) : Cell.IVisitor<RowMember<TRow>>
    {
        public RowMember<TRow> Visit<T>(Cell<T> cell) => new RowMember<TRow, T>(member, cell, name, type);
    }
}
