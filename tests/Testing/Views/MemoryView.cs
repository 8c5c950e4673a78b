using MLPipelines.Data;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Testing;

/// <summary>A view of columns given as arrays, read in runs of rows of a size that the test chooses.</summary>
public sealed class MemoryView : BatchView
{
    private readonly List<(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations, BatchColumn Column)> _columns = [];
    private readonly int _batchSize;
    private DataViewSchema? _schema;

    /// <param name="batchSize">The number of rows in a run.</param>
    public MemoryView(int batchSize = Batch.DefaultRowCount) => _batchSize = batchSize;

    public override DataViewSchema Schema => _schema ??= CreateSchema();

    public override long? GetRowCount() => RowCount;

    private int RowCount => _columns.Count == 0 ? 0 : _columns[0].Column.RowCount;

    public MemoryView Add(string name, DataViewType type, BatchColumn column, DataViewSchema.Annotations? annotations = null)
    {
        if (_columns.Count > 0 && column.RowCount != RowCount) throw new ArgumentException($"Column '{name}' has {column.RowCount} rows, the others {RowCount}.", nameof(column));
        _columns.Add((name, type, annotations, column));
        _schema = null;
        return this;
    }

    /// <summary>A column of numbers, truth values or times.</summary>
    public MemoryView Add<T>(string name, params T[] values)
    {
        var column = new ValueColumn<T>();
        foreach (T value in values) column.Append(value);
        return Add(name, TypeOf<T>(), column);
    }

    public MemoryView AddText(string name, params string[] values)
    {
        var column = new TextColumn();
        foreach (string value in values) column.Append(value);
        return Add(name, TextDataViewType.Instance, column);
    }

    /// <summary>A column of images; of one size when that is given.</summary>
    public MemoryView AddImages(string name, MLImage?[] images, int height = 0, int width = 0)
    {
        var column = new ValueColumn<MLImage?>();
        foreach (MLImage? image in images) column.Append(image);
        return Add(name, height > 0 ? new ImageDataViewType(height, width) : new ImageDataViewType(), column);
    }

    /// <summary>A column of keys, 0 for a missing one, and what they mean.</summary>
    public MemoryView AddKeys(string name, uint[] keys, params string[] values)
    {
        var column = new ValueColumn<uint>();
        foreach (uint key in keys) column.Append(key);
        return Add(name, new KeyDataViewType(typeof(uint), values.Length), column, KeyAnnotations(values));
    }

    /// <summary>A column of dense vectors; of varying length when the rows differ, or when it is asked for.</summary>
    public MemoryView AddVectors<T>(string name, T[][] rows, string[]? slotNames = null, bool isVariable = false)
    {
        int size = isVariable || rows.Select(row => row.Length).Distinct().Count() != 1 ? 0 : rows[0].Length;
        var column = new VectorColumn<T>(size);
        foreach (T[] row in rows) column.Append(row);
        return Add(name, new VectorDataViewType(TypeOf<T>(), size), column, SlotNames(slotNames));
    }

    /// <summary>A column of sparse vectors: of each dense row given, what differs from the default is stored.</summary>
    public MemoryView AddSparse<T>(string name, T[][] rows, string[]? slotNames = null)
    {
        var column = new VectorColumn<T>(rows[0].Length);
        column.Reset(rows[0].Length, isDense: false);
        foreach (T[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
                if (!EqualityComparer<T>.Default.Equals(row[i], default)) column.AppendItem(i, row[i]);
            column.EndRow();
        }
        return Add(name, new VectorDataViewType(TypeOf<T>(), rows[0].Length), column, SlotNames(slotNames));
    }

    public MemoryView AddTexts(string name, string[][] rows, bool isVariable = false)
    {
        int size = isVariable || rows.Select(row => row.Length).Distinct().Count() != 1 ? 0 : rows[0].Length;
        var column = new TextVectorColumn(size);
        foreach (string[] row in rows)
        {
            foreach (string text in row) column.AppendItem(text);
            column.EndRow();
        }
        return Add(name, new VectorDataViewType(TextDataViewType.Instance, size), column);
    }

    /// <summary>Some rows of a view, in the order given; all of them without an order.</summary>
    public static MemoryView Copy(IDataView source, IReadOnlyList<int>? rows = null, int batchSize = Batch.DefaultRowCount)
    {
        BatchView view = Of(source);
        DataViewSchema.Column[] visible = [.. view.Schema.Where(column => !column.IsHidden)];
        BatchColumn[] all = view.ReadColumns([.. visible.Select(column => column.Index)]);
        var copy = new MemoryView(batchSize);
        for (int i = 0; i < visible.Length; i++)
        {
            BatchColumn column = all[i];
            if (rows is not null)
            {
                column = all[i].CreateEmpty();
                column.Append(all[i], [.. rows]);
            }
            copy.Add(visible[i].Name, visible[i].Type, column, visible[i].Annotations);
        }
        return copy;
    }

    /// <summary>This data with one column put in place of another of the same name.</summary>
    public MemoryView With(string name, DataViewType type, BatchColumn column)
    {
        var copy = new MemoryView(_batchSize);
        foreach (var old in _columns) copy.Add(old.Name, old.Name == name ? type : old.Type, old.Name == name ? column : old.Column, old.Annotations);
        return copy;
    }

    /// <summary>This data without a column.</summary>
    public MemoryView Without(string name)
    {
        var copy = new MemoryView(_batchSize);
        foreach (var (column, type, annotations, values) in _columns)
            if (column != name) copy.Add(column, type, values, annotations);
        return copy;
    }

    public BatchColumn ColumnOf(string name) => _columns.Last(column => column.Name == name).Column;

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(this, columns);

    public static DataViewSchema.Annotations KeyAnnotations(params string[] values) =>
        new KeyValues<ReadOnlyMemory<char>>(TextDataViewType.Instance, [.. values.Select(value => value.AsMemory())]).ToAnnotations();

    private static DataViewSchema.Annotations? SlotNames(string[]? names) => names is null ? null : ColumnAnnotations.WithSlotNames(names);

    private static PrimitiveDataViewType TypeOf<T>() => new PrimitiveDataViewType[]
    {
        TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance,
        DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
    }.Concat(NumberDataViewType.All).First(type => type.RawType == typeof(T));

    private DataViewSchema CreateSchema()
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type, annotations, _) in _columns) builder.AddColumn(name, type, annotations);
        return builder.ToSchema();
    }

    private sealed class Cursor(MemoryView view, ColumnSet columns) : BatchCursor
    {
        private readonly Batch _batch = new(columns.Count);
        private readonly Dictionary<int, BatchColumn> _buffers = columns.Indices().ToDictionary(index => index, index => view._columns[index].Column.CreateEmpty());
        private int _next;

        public override Batch? Next()
        {
            int count = Math.Min(view._batchSize, view.RowCount - _next);
            if (count == 0) return null;
            int[] rows = [.. Enumerable.Range(_next, count)];
            // The buffers are refilled, as those of any producer: a consumer that keeps them is found out.
            foreach (var (index, buffer) in _buffers)
            {
                buffer.Clear();
                buffer.Append(view._columns[index].Column, rows);
                _batch[index] = buffer;
            }
            (_batch.RowCount, _batch.FirstRow) = (count, _next);
            _next += count;
            return _batch;
        }
    }
}
