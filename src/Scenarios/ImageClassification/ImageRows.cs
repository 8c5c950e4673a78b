using MLPipelines.Data;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>
/// Pictures as rows: <c>Path</c>, <c>Label</c> (a key) and <c>Image</c>. Pictures are decoded on all processors while they are read, some at a time, and
/// not kept. Those that cannot be read have no row where pictures are asked for, and are remembered.
/// </summary>
internal sealed class ImageRows : BatchView
{
    internal const string PathColumn = "Path", LabelColumn = "Label", ImageColumn = "Image";

    // Photos take tens of megabytes each once decoded, digits a few kilobytes.
    private const int LeastAtOnce = 8, MostAtOnce = 256;
    private const long BytesAtOnce = 64 << 20;

    private readonly LabelledImages _images;
    private readonly uint[] _labels;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    internal ImageRows(LabelledImages images, CancellationToken cancellation = default)
    {
        (_images, _cancellation) = (images, cancellation);
        Dictionary<string, uint> keys = images.Classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => (uint)pair.i + 1, StringComparer.Ordinal);
        _labels = [.. images.Images.Select(image => keys[image.Label])];
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(PathColumn, TextDataViewType.Instance);
        var names = new KeyValues<ReadOnlyMemory<char>>(TextDataViewType.Instance, [.. images.Classes.Select(name => name.AsMemory())]);
        schema.AddColumn(LabelColumn, new KeyDataViewType(typeof(uint), (ulong)Math.Max(1, images.Classes.Count)), names.ToAnnotations());
        schema.AddColumn(ImageColumn, new ImageDataViewType());
        Schema = schema.ToSchema();
    }

    public override DataViewSchema Schema { get; }

    internal LabelledImages Images => _images;

    /// <summary>What stands in the column of paths instead of names.</summary>
    internal IReadOnlyList<string>? Texts { get; init; }

    /// <summary>What is wrong with the pictures that could not be read so far, by name.</summary>
    internal IReadOnlyList<string> Problems
    {
        get
        {
            lock (_problems) return [.. _problems.OrderBy(problem => problem.Key, StringComparer.Ordinal).Select(problem => problem.Value)];
        }
    }

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(this, columns);

    private MLImage? Read(int row)
    {
        try
        {
            return _images.Images[row].Read();
        }
        catch (MLPipelinesException e)
        {
            lock (_problems) _problems[_images.Images[row].Name] = e.Message;
            return null;
        }
    }

    private sealed class Cursor(ImageRows rows, ColumnSet columns) : BatchCursor
    {
        private readonly Batch _batch = new(columns.Count);
        private int _next, _atOnce = LeastAtOnce;

        public override Batch? Next()
        {
            _batch.FirstRow += _batch.RowCount;
            _batch.RowCount = 0;
            // Of some pictures none may be readable.
            while (_batch.RowCount == 0)
            {
                rows._cancellation.ThrowIfCancellationRequested();
                int first = _next, count = Math.Min(columns[2] ? _atOnce : Batch.DefaultRowCount, rows._labels.Length - first);
                if (count == 0) return null;
                _next += count;
                Fill(first, count);
            }
            return _batch;
        }

        private void Fill(int first, int count)
        {
            int[] kept = [.. Enumerable.Range(first, count)];
            if (columns[2])
            {
                var images = new MLImage?[count];
                ParallelRows.Run(count, i => images[i] = rows.Read(first + i), rows._cancellation);
                kept = [.. kept.Where(row => images[row - first] is not null)];
                var pictures = new ValueColumn<MLImage?>();
                foreach (int row in kept) pictures.Append(images[row - first]);
                _batch[2] = pictures;
                long bytes = kept.Sum(row => 4L * images[row - first]!.Width * images[row - first]!.Height);
                _atOnce = (int)Math.Clamp(BytesAtOnce * kept.Length / Math.Max(1, bytes), LeastAtOnce, MostAtOnce);
            }
            if (columns[0])
            {
                var paths = new TextColumn();
                foreach (int row in kept) paths.Append(rows.Texts?[row] ?? rows._images.Images[row].Name);
                _batch[0] = paths;
            }
            if (columns[1])
            {
                var labels = new ValueColumn<uint>();
                foreach (int row in kept) labels.Append(rows._labels[row]);
                _batch[1] = labels;
            }
            _batch.RowCount = kept.Length;
        }
    }
}
