using MLPipelines.Neural.Training;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Windows of a long row of tokens, which a decoder learns from: what comes next after each token is the one that follows.</summary>
internal sealed class TokenWindows
{
    private readonly int[] _tokens;
    private readonly int _start, _end, _window;
    private readonly long[] _ids, _next;

    /// <param name="tokens">All tokens.</param>
    /// <param name="start">The first that windows are of.</param>
    /// <param name="end">The token after the last.</param>
    /// <param name="batchSize">Windows at a time.</param>
    /// <param name="window">Tokens of a window; fewer where there are not so many.</param>
    internal TokenWindows(int[] tokens, int start, int end, int batchSize, int window)
    {
        (_tokens, _start, _end, _window, BatchSize) = (tokens, start, end, Math.Min(window, end - start - 1), batchSize);
        if (_window < 1) throw new ArgumentException($"Windows are of at least two tokens; there are {end - start}.", nameof(tokens));
        _ids = new long[batchSize * _window];
        _next = new long[batchSize * _window];
    }

    internal int BatchSize { get; }

    /// <summary>How many windows there are side by side.</summary>
    internal int Count => Math.Max(1, (_end - _start - 1) / _window);

    /// <summary>How many batches they are.</summary>
    internal int BatchCount => (Count + BatchSize - 1) / BatchSize;

    /// <summary>Takes as many windows as a batch has that begin anywhere: after the last token comes the first one again, so that every token is seen at every place of a window.</summary>
    internal int Draw(RandomSource random)
    {
        for (int i = 0; i < BatchSize; i++) Take(i, _start + random.Next(_end - _start));
        return BatchSize;
    }

    /// <summary>Takes the windows of a batch of those side by side, and says how many they are.</summary>
    internal int Take(int batch)
    {
        int first = batch * BatchSize, count = Math.Min(BatchSize, Count - first);
        for (int i = 0; i < count; i++) Take(i, _start + (first + i) * _window);
        return count;
    }

    /// <summary>The mean loss of the windows that were taken.</summary>
    internal BatchResult Loss(TextDecoder decoder, int count)
    {
        int tokens = count * _window;
        Tensor scores = decoder.Forward(Tensor.FromIndices(_ids.AsSpan(0, tokens), [count, _window]));
        return new BatchResult(scores.CrossEntropy(Tensor.FromIndices(_next.AsSpan(0, tokens), [count, _window])), tokens, 0);
    }

    private int At(int position) => _tokens[position < _end ? position : position - _end + _start];

    private void Take(int row, int from)
    {
        for (int i = 0; i < _window; i++) (_ids[row * _window + i], _next[row * _window + i]) = (At(from + i), At(from + i + 1));
    }
}
