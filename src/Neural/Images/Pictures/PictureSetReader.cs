using System.Runtime.InteropServices;
using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Transforms;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Images;

/// <summary>
/// Reads the pictures and labels of a view. Pictures are brought to one size and kept as bytes; files whose pictures would take more than the room
/// given are kept as they are and decoded at every pass. Rows without a label are left out.
/// </summary>
/// <param name="trainer">The name of the trainer, for messages.</param>
/// <param name="features">The column of pictures.</param>
/// <param name="label">The column of labels, a key.</param>
/// <param name="size">The size to bring pictures to; chosen by the first of them when left out.</param>
/// <param name="room">How many bytes decoded pictures may take.</param>
/// <param name="cancellation">Ends reading.</param>
internal sealed class PictureSetReader(string trainer, string features, string label, (int Height, int Width)? size, long room, CancellationToken cancellation)
{
    /// <summary>Pictures that are decoded at once, and by which the size is chosen.</summary>
    private const int AtOnce = 64;

    /// <summary>Whether grey pictures keep three channels.</summary>
    internal bool KeepsColors { get; init; }

    /// <param name="data">The rows.</param>
    /// <param name="input">How pictures come into the network, for rows that are not those that it learns from.</param>
    internal PictureSet Read(IDataView data, PictureInput? input = null)
    {
        BatchView view = BatchView.Of(data);
        var labels = view.Schema[label];
        PictureColumn pictures = PictureColumn.Of(view.Schema[features], trainer);
        if (input is not null && pictures.KnownShape is { } shape && shape != input.Shape)
            throw new ArgumentOutOfRangeException(nameof(data), $"{trainer}: column '{features}' holds pictures of {shape}, expected {input.Shape} (height, width, channels) as in the training set.");
        if (input is null && pictures is INumberPictures) input = RangeOf(view, labels, pictures);
        var collected = new PictureCollection(pictures, input, size, room, KeepsColors);
        List<float> classes = [];
        ForEachRun(view, labels, pictures.Source, classes, (batch, rows) =>
        {
            for (int start = 0; start < rows.Count; start += AtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                collected.Add(batch, CollectionsMarshal.AsSpan(rows).Slice(start, Math.Min(AtOnce, rows.Count - start)));
            }
        });
        if (classes.Count == 0) throw new MLPipelinesException($"{trainer}: there is nothing to learn from: the data has no row with a label in column '{label}'.");
        var (images, complete) = collected.Complete();
        return new PictureSet(images, [.. classes.Select(value => (int)value)], checked((int)((KeyDataViewType)labels.Type).Count), complete);
    }

    private PictureInput RangeOf(BatchView view, DataViewSchema.Column labels, PictureColumn pictures)
    {
        NumberRange? range = null;
        bool areBytes = true;
        ForEachRun(view, labels, pictures.Source, [], (batch, rows) =>
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (int row in rows) ((INumberPictures)pictures).Extend(batch, row, ref range, ref areBytes);
        });
        ImageShape shape = pictures.KnownShape!.Value;
        return new PictureInput(shape, areBytes ? NumberRange.OfBytes : range, [], []);
    }

    private static void ForEachRun(BatchView view, DataViewSchema.Column labels, DataViewSchema.Column pictures, List<float> classes, Action<Batch, List<int>> use)
    {
        List<int> rows = [];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, [pictures.Index, labels.Index]));
        while (cursor.Next() is { } batch)
        {
            rows.Clear();
            LabelReader.Append(batch[labels.Index], labels, classes, rows);
            use(batch, rows);
        }
    }
}
