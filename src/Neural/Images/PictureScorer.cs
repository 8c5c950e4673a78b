using MLPipelines.Data;
using MLPipelines.Tensors;
using MLPipelines.Transforms;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Images;

/// <summary>Puts pictures through a network. It owns its memory and serves one thread at a time; several may share the network.</summary>
/// <param name="network">The network, not in training.</param>
/// <param name="shape">The size of a picture.</param>
/// <param name="classes">Scores of a picture.</param>
/// <param name="numbers">What each sample of each channel stands for.</param>
/// <param name="flips">Whether the mirror image counts, too.</param>
internal sealed class PictureScorer(ImageNetwork network, ImageShape shape, int classes, float[] numbers, bool flips)
{
    /// <summary>Pictures that go through the network at once.</summary>
    internal const int AtOnce = 64;

    private byte[] _samples = [];
    private float[] _pixels = [];
    private float[] _mirrored = [];

    /// <summary>The probabilities of the pictures of a run of rows.</summary>
    internal void Score(Batch batch, PictureColumn column, PictureInput input, Span<float> scores)
    {
        for (int first = 0; first < batch.RowCount; first += AtOnce)
        {
            int count = Math.Min(AtOnce, batch.RowCount - first);
            Reserve(count);
            // Decoding takes longer than the network; vectors are copied sooner than threads wake.
            if (count > 1 && column is SizedColumn) ReadAll(batch, column, input, first, count);
            else for (int i = 0; i < count; i++) column.Read(batch, first + i, input, SamplesOf(i));
            Score(count, scores.Slice(first * classes, count * classes));
        }
    }

    /// <summary>The probabilities of one picture.</summary>
    internal void Score(MLImage image, PictureInput input, Span<float> scores)
    {
        Reserve(1);
        input.Copy(image, SamplesOf(0));
        Score(1, scores);
    }

    /// <summary>The probabilities of one picture that is a vector.</summary>
    internal void Score(RowVector<float> vector, NumberRange range, Span<float> scores)
    {
        Reserve(1);
        Span<byte> samples = SamplesOf(0);
        samples.Fill(range.ToByte(0));
        for (int i = 0; i < vector.Values.Length; i++) samples[vector.IsDense ? i : vector.Indices[i]] = range.ToByte(vector.Values[i]);
        Score(1, scores);
    }

    // Apart, since what another thread sees is kept on the heap.
    private void ReadAll(Batch batch, PictureColumn column, PictureInput input, int first, int count) =>
        ParallelRows.Run(count, i => column.Read(batch, first + i, input, SamplesOf(i)));

    private void Score(int count, Span<float> scores)
    {
        Span<float> pixels = _pixels.AsSpan(0, count * shape.Size);
        ReadOnlySpan<byte> samples = _samples.AsSpan(0, pixels.Length);
        int channels = shape.Channels;
        if (channels == 1)
            for (int i = 0; i < pixels.Length; i++) pixels[i] = numbers[samples[i]];
        else
            for (int i = 0; i + 3 <= pixels.Length; i += 3)
                (pixels[i], pixels[i + 1], pixels[i + 2]) = (numbers[samples[i] * 3], numbers[samples[i + 1] * 3 + 1], numbers[samples[i + 2] * 3 + 2]);
        using var quiet = new NoGradient();
        using var step = new Step();
        Tensor probabilities = Forward(pixels, count);
        if (flips) probabilities = (probabilities + Forward(Mirror(pixels, count), count)) * 0.5f;
        probabilities.CopyTo(scores);
    }

    private Tensor Forward(ReadOnlySpan<float> pixels, int count) => network.Forward(Tensor.From(pixels, [count, shape.Height, shape.Width, shape.Channels])).Softmax();

    private Span<float> Mirror(ReadOnlySpan<float> pixels, int count)
    {
        if (_mirrored.Length < pixels.Length) _mirrored = new float[pixels.Length];
        int channels = shape.Channels, line = shape.Width * channels;
        for (int row = 0; row < count * shape.Height; row++)
            for (int x = 0; x < shape.Width; x++)
                pixels.Slice(row * line + x * channels, channels).CopyTo(_mirrored.AsSpan(row * line + (shape.Width - 1 - x) * channels));
        return _mirrored.AsSpan(0, pixels.Length);
    }

    private void Reserve(int count)
    {
        if (_samples.Length >= count * shape.Size) return;
        (_samples, _pixels) = (new byte[count * shape.Size], new float[count * shape.Size]);
    }

    private Span<byte> SamplesOf(int picture) => _samples.AsSpan(picture * shape.Size, shape.Size);
}
