using MLPipelines.Data;

namespace MLPipelines.Vision;

/// <summary>
/// Batches of pictures for training. Threads of its own decode, change and normalize pictures ahead of the one that trains. What a
/// batch holds follows from the seed, the pass and its number alone.
/// </summary>
public sealed class ImageBatchSource
{
    private readonly IImageSet _images;
    private readonly int[] _labels;
    private readonly int _classCount;
    private readonly ImageBatchOptions _options;

    /// <param name="images">The pictures.</param>
    /// <param name="labels">The class of each, counted from 0.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="options">How batches are made.</param>
    /// <exception cref="ArgumentException">There are not as many labels as pictures, a label is no class, or an option is out of its range.</exception>
    public ImageBatchSource(IImageSet images, ReadOnlySpan<int> labels, int classCount, ImageBatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(images.Shape);
        if (labels.Length != images.Count) throw new ArgumentException($"Found {labels.Length} labels for {images.Count} pictures.", nameof(labels));
        if (labels.ContainsAnyExceptInRange(0, classCount - 1)) throw new ArgumentException($"A label is none of 0 to {classCount - 1}.", nameof(labels));
        (_images, _labels, _classCount, _options) = (images, labels.ToArray(), classCount, options);
    }

    /// <summary>The size of a picture.</summary>
    public ImageShape Shape => _images.Shape;

    /// <summary>How many batches a pass has.</summary>
    public int BatchCount => _options.DropIncomplete ? _images.Count / _options.BatchSize : (_images.Count + _options.BatchSize - 1) / _options.BatchSize;

    /// <summary>Starts a pass over all pictures.</summary>
    /// <param name="pass">Its number: each shuffles and changes the pictures in another way, the same number in the same.</param>
    /// <param name="cancellation">Ends waiting for a batch.</param>
    public ImageBatchReader Open(int pass, CancellationToken cancellation = default)
    {
        int[] order = [.. Enumerable.Range(0, _images.Count)];
        var random = new SplitMixRandom(_options.Seed, pass, -1);
        for (int i = order.Length - 1; i > 0 && _options.Shuffle; i--)
        {
            int other = random.Next(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        int threads = Math.Min(_options.NumberOfThreads == 0 ? Environment.ProcessorCount : _options.NumberOfThreads, _options.BatchesAhead);
        var batches = new ImageBatch[Math.Min(_options.BatchesAhead + 1, Math.Max(1, BatchCount))];
        for (int i = 0; i < batches.Length; i++) batches[i] = new ImageBatch(_options.BatchSize, Shape.Size, _classCount);
        return new ImageBatchReader(batches, BatchCount, threads, (number, batch) => Fill(order, pass, number, batch), cancellation);
    }

    private void Fill(int[] order, int pass, int number, ImageBatch batch)
    {
        ReadOnlySpan<int> rows = order.AsSpan(number * _options.BatchSize);
        batch.Count = Math.Min(_options.BatchSize, rows.Length);
        rows[..batch.Count].CopyTo(batch.RowBuffer);
        batch.LabelBuffer.AsSpan().Clear();
        for (int i = 0; i < batch.Count; i++)
        {
            ReadPicture(rows[i], pass, batch.Bytes, batch.PixelBuffer.AsSpan(i * Shape.Size, Shape.Size));
            batch.LabelBuffer[i * _classCount + _labels[rows[i]]] = 1;
        }
        if (_options.Augmentation.IsMixing)
            BatchMixing.Apply(batch.PixelBuffer.AsSpan(0, batch.Pixels.Length), batch.LabelBuffer.AsSpan(0, batch.Labels.Length), batch.Count, Shape, _options.Augmentation,
                new SplitMixRandom(_options.Seed, pass, -2 - number));
    }

    private void ReadPicture(int row, int pass, byte[] bytes, Span<float> pixels)
    {
        ImageAugmentation augmentation = _options.Augmentation;
        _images.Read(row, bytes);
        ImageChange change = ImageChange.Draw(augmentation, Shape, _options.Seed, pass, row);
        ImageGeometry.Apply(bytes, Shape, change, augmentation.MirrorsBorder, pixels);
        if (augmentation.HasColorChange) ImageColors.Apply(pixels, Shape, change);
        Normalize(pixels);
        // After that, 0 is the mean.
        if (augmentation.CutoutSize > 0) ImageColors.CutOut(pixels, Shape, augmentation.CutoutSize, change);
    }

    private void Normalize(Span<float> pixels)
    {
        if (_options.Mean.Count == 0 && _options.Deviation.Count == 0) return;
        int channels = Shape.Channels;
        for (int c = 0; c < channels; c++)
        {
            float mean = _options.Mean.Count > 0 ? _options.Mean[c] : 0, factor = _options.Deviation.Count > 0 ? 1 / _options.Deviation[c] : 1;
            for (int i = c; i < pixels.Length; i += channels) pixels[i] = (pixels[i] - mean) * factor;
        }
    }
}
