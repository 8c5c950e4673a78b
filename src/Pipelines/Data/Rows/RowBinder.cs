using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MLPipelines.Data;

/// <summary>
/// The columns that the properties and fields of a row type stand for, with what appends a row to columns and reads one from
/// them. Safe to use from many threads.
/// </summary>
internal sealed class RowBinder<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TRow>
{
    private static RowBinder<TRow>? s_instance;
    private readonly RowMember<TRow>[] _members;
    private readonly ConstructorInfo? _constructor;

    private RowBinder(RowMember<TRow>[] members, ConstructorInfo? constructor, DataViewSchema? schema)
    {
        (_members, _constructor) = (members, constructor);
        var builder = new DataViewSchema.Builder();
        foreach (RowMember<TRow> member in members)
            builder.AddColumn(member.ColumnName, member.ColumnType, schema?[member.ColumnName].Annotations);
        Schema = builder.ToSchema();
    }

    /// <summary>The binder that follows the attributes of the row type.</summary>
    /// <exception cref="InvalidOperationException">A member has a type that columns cannot hold; the message says which and what to do.</exception>
    internal static RowBinder<TRow> Instance => s_instance ??= Create(schema: null);

    /// <summary>A binder whose columns have the types and annotations of a schema; its columns are the schema's.</summary>
    internal static RowBinder<TRow> For(DataViewSchema schema) => Create(schema);

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
            else if (!member.Cell.Reads(column.Type)) throw Mismatch(member, column);
            else bound.Add((member, column.Index));
        }
        if (missing.Count > 0 && !ignoreMissingColumns)
            throw new ArgumentOutOfRangeException(nameof(schema), $"{typeof(TRow).Name}: column{(missing.Count > 1 ? "s" : "")} '{string.Join("', '", missing)}' not found. "
                + $"The columns are: {schema}. ignoreMissingColumns leaves such members as they are; [ColumnName] names the column of a member; [NoColumn] marks a member that is none.");
        return new RowReader<TRow>(bound, _constructor, _members);
    }

    private static InvalidOperationException Mismatch(RowMember<TRow> member, DataViewSchema.Column column)
    {
        string wanted = DotNetNames.Of(column.Type);
        string hint = RawTypes.ItemTypeOf(column.Type) is KeyDataViewType && member.Cell.ItemType is not KeyDataViewType
            ? $"map it to its value with Conversion.MapKeyToValue, or make the member {wanted}"
            : $"make the member {wanted}" + (column.Type is VectorDataViewType == member.Cell.IsVector && member.Cell.ItemType is not TextDataViewType
                ? ", or convert the column with Conversion.ConvertType" : "");
        return new InvalidOperationException(
            $"{typeof(TRow).Name}.{member.Member.Name} is {DotNetNames.Of(member.ValueType)}, but column '{column.Name}' is {column.Type}; {hint}.");
    }

    private static RowBinder<TRow> Create(DataViewSchema? schema)
    {
        RowTypeMembers type = RowTypeMembers.Of(typeof(TRow));
        var members = new List<RowMember<TRow>>();
        foreach (MemberInfo info in type.Columns)
        {
            string name = info.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? info.Name;
            if (schema is not null && schema.GetColumnOrNull(name) is null) continue;
            string owner = $"{typeof(TRow).Name}.{info.Name}";
            var cell = CellOf(info, owner, schema?[name].Type);
            RowMember<TRow> member = cell.Accept(new MemberFactory(info, name, schema?[name].Type ?? ColumnTypeOf(info, owner, cell)));
            if (members.Find(m => m.ColumnName == name) is { } other)
                throw new InvalidOperationException($"{owner} and {typeof(TRow).Name}.{other.Member.Name} both stand for column '{name}'; give one of them another [ColumnName] or [NoColumn].");
            if (schema is not null && !cell.Reads(schema[name].Type)) throw Mismatch(member, schema[name]);
            members.Add(member);
        }
        if (members.Count == 0)
            throw new InvalidOperationException($"{typeof(TRow).Name} has no column: expected public properties that can be read and set, or public fields.");
        if (schema?.FirstOrDefault(c => !c.IsHidden && !members.Exists(m => m.ColumnName == c.Name)) is { Name: { } absent })
            throw new ArgumentOutOfRangeException(nameof(schema), $"{typeof(TRow).Name} has no property or field for column '{absent}'. [ColumnName] names the column of a member.");
        return new RowBinder<TRow>([.. members], type.Constructor, schema);
    }

    private static Cell CellOf(MemberInfo info, string owner, DataViewType? columnType)
    {
        Type type = RowMember<TRow>.TypeOf(info);
        var key = info.GetCustomAttribute<KeyTypeAttribute>();
        ulong keyCount = columnType is not null ? RawTypes.ItemTypeOf(columnType) is KeyDataViewType k ? k.Count : 0 : key?.Count ?? 0;
        Cell? plain = Cell.Create(type, owner);
        if (plain is null)
            throw new InvalidOperationException($"{owner} is {DotNetNames.Of(type)}, which no column can hold. Columns hold numbers, float? and double?, bool, string, "
                + "ReadOnlyMemory<char>, DateTime, DateTimeOffset, TimeSpan, and arrays or VBuffers of these. [NoColumn] leaves the member out.");
        if (keyCount == 0) return plain;
        if (!KeyDataViewType.IsValidDataType(plain.ItemType.RawType))
        {
            if (columnType is not null) return plain;
            throw new InvalidOperationException($"{owner} is {DotNetNames.Of(type)}; [KeyType] needs byte, ushort, uint or ulong, or a vector of these.");
        }
        return Cell.Create(type, owner, keyCount)!;
    }

    private static StructuredDataViewType ColumnTypeOf(MemberInfo info, string owner, Cell cell)
    {
        var vector = info.GetCustomAttribute<VectorTypeAttribute>();
        if (cell.IsVector) return new VectorDataViewType(cell.ItemType, vector?.Dimensions.ToArray() ?? [0]);
        if (vector is null) return cell.ItemType;
        throw new InvalidOperationException($"{owner} is {DotNetNames.Of(RowMember<TRow>.TypeOf(info))}; [VectorType] needs an array or a VBuffer.");
    }

    private sealed class MemberFactory(MemberInfo member, string name, DataViewType type) : Cell.IVisitor<RowMember<TRow>>
    {
        public RowMember<TRow> Visit<T>(Cell<T> cell) => new RowMember<TRow, T>(member, cell, name, type);
    }
}
