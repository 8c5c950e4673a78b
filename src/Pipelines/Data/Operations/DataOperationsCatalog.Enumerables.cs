using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class DataOperationsCatalog
{
    /// <summary>
    /// A view over a sequence of objects: a column per public property (readable and settable, or taken by the constructor) and
    /// public field. <typeparamref name="TRow"/> is a class, record or struct; <see cref="ColumnNameAttribute"/>,
    /// <see cref="VectorTypeAttribute"/>, <see cref="KeyTypeAttribute"/> and <see cref="NoColumnAttribute"/> say more about a member.
    /// A string that is <see langword="null"/> becomes empty text, a <c>float?</c> or <c>double?</c> NaN.
    /// </summary>
    /// <remarks>The sequence is gone through each time that the view is read, so it must yield the same rows each time.</remarks>
    /// <param name="data">The rows.</param>
    /// <param name="schemaDefinition">Which members are columns, with which names, types and annotations; without it, what the attributes say.</param>
    /// <exception cref="InvalidOperationException">A member has a type that columns cannot hold, or another than its column.</exception>
    public IDataView LoadFromEnumerable<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TRow>(IEnumerable<TRow> data, SchemaDefinition? schemaDefinition = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new EnumerableView<TRow>(data, RowBinder<TRow>.For(schemaDefinition));
    }

    /// <summary>A view over a sequence of objects whose columns have the types and annotations of a schema.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="schema">The columns; each is matched to a member by name.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column has no member.</exception>
    /// <exception cref="InvalidOperationException">A member has another type than its column.</exception>
    public IDataView LoadFromEnumerable<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TRow>(IEnumerable<TRow> data, DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(schema);
        return new EnumerableView<TRow>(data, RowBinder<TRow>.For(schema));
    }

    /// <summary>The rows of a view as objects; a member stands for the column of its name.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="reuseRowObject">Whether every step yields the same object with other values, which saves memory.</param>
    /// <param name="ignoreMissingColumns">Whether members without a column keep their default instead of being an error.</param>
    /// <param name="schemaDefinition">Which members stand for which columns; without it, what the attributes say.</param>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing; the message lists them.</exception>
    /// <exception cref="InvalidOperationException">A member has another type than its column; the message says what to do.</exception>
    public IEnumerable<TRow> CreateEnumerable<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition? schemaDefinition = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Rows(BatchView.Of(data), RowBinder<TRow>.For(schemaDefinition).CreateReader(data.Schema, ignoreMissingColumns), reuseRowObject);
    }

    private static IEnumerable<TRow> Rows<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TRow>(BatchView view, RowReader<TRow> reader, bool reuse)
    {
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, reader.Columns));
        TRow current = default!;
        while (cursor.Next() is { } batch)
        {
            for (int row = 0; row < batch.RowCount; row++)
            {
                if (reuse) reader.Fill(batch, row, ref current);
                else current = reader.Create(batch, row);
                yield return current;
            }
        }
    }
}
