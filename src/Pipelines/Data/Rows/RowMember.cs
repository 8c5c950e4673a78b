using System.Reflection;

namespace MLPipelines.Data;

/// <summary>One property or field of a row type, and the column that it stands for.</summary>
internal abstract class RowMember<TRow>(MemberInfo member, Cell cell, string columnName, DataViewType columnType)
{
    internal MemberInfo Member { get; } = member;

    internal Cell Cell { get; } = cell;

    internal string ColumnName { get; } = columnName;

    internal DataViewType ColumnType { get; } = columnType;

    internal Type ValueType { get; } = TypeOf(member);

    /// <summary>Whether the member can be set once the row exists.</summary>
    internal bool IsSettable { get; } = CanSet(member);

    /// <summary>Appends the value that a row has.</summary>
    internal abstract void Append(ref TRow row, BatchColumn column);

    /// <summary>Sets the member from a row of a column.</summary>
    /// <param name="target">The row whose member is set.</param>
    /// <param name="column">The column to read.</param>
    /// <param name="row">The row of the column.</param>
    /// <param name="reuse">Whether the memory of the member's present value may be used.</param>
    internal abstract void Fill(ref TRow target, BatchColumn column, int row, bool reuse);

    /// <summary>Sets the member to what it is in another row.</summary>
    internal abstract void Copy(ref TRow source, ref TRow target);

    /// <summary>A <c>Func&lt;Batch, int, TValue&gt;</c> that reads the column with that index; the default value without one.</summary>
    internal abstract Delegate CreateReader(int? column);

    internal abstract object? ReadBoxed(BatchColumn column, int row);

    internal static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    internal static bool CanSet(MemberInfo member) =>
        member is FieldInfo field ? !field.IsInitOnly : ((PropertyInfo)member).SetMethod is { IsPublic: true };
}

/// <summary>A member whose values are of one .NET type.</summary>
internal sealed class RowMember<TRow, TValue>(MemberInfo member, Cell<TValue> cell, string columnName, DataViewType columnType)
    : RowMember<TRow>(member, cell, columnName, columnType)
{
    // Of rows that are objects, properties are read without a detour by reference.
    private Func<TRow, TValue>? _property;
    private MemberGetter<TRow, TValue>? _get;
    private MemberSetter<TRow, TValue>? _set;

    internal override void Append(ref TRow row, BatchColumn column) => cell.Append(Get(ref row), column);

    internal override void Fill(ref TRow target, BatchColumn column, int row, bool reuse)
    {
        TValue? old = reuse && cell.ReusesValues ? Get(ref target) : default;
        (_set ??= MemberAccess.Setter<TRow, TValue>(Member))(ref target, cell.Read(column, row, old));
    }

    internal override void Copy(ref TRow source, ref TRow target) => (_set ??= MemberAccess.Setter<TRow, TValue>(Member))(ref target, Get(ref source));

    internal override Delegate CreateReader(int? column) => column is { } index
        ? (Batch batch, int row) => cell.Read(batch[index], row, default)
        : (Func<Batch, int, TValue?>)((_, _) => default);

    internal override object? ReadBoxed(BatchColumn column, int row) => cell.Read(column, row, default);

    private TValue Get(ref TRow row)
    {
        if (_property is not null) return _property(row);
        if (_get is null && (_property = MemberAccess.ObjectGetterOrNull<TRow, TValue>(Member)) is not null) return _property(row);
        return (_get ??= MemberAccess.Getter<TRow, TValue>(Member))(ref row);
    }
}
