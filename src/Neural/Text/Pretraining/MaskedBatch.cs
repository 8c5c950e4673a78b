using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>Puts sequences with hidden tokens together for a network. Its arrays grow and are used again.</summary>
/// <param name="corpus">The sequences.</param>
/// <param name="masking">Hides tokens.</param>
/// <param name="padding">The token that fills shorter sequences up.</param>
internal sealed class MaskedBatch(TokenCorpus corpus, TokenMasking masking, int padding)
{
    private int[] _tokens = [], _positions = [], _hidden = [];
    private long[] _ids = [], _places = [], _targets = [];
    private float[] _present = [];
    private int _rows, _length, _count;
    private bool _isPadded;

    /// <summary>How many tokens are hidden.</summary>
    internal int Count => _count;

    /// <summary>What stood at the hidden places.</summary>
    internal ReadOnlySpan<long> Targets => _targets.AsSpan(0, _count);

    /// <summary>Takes sequences and hides tokens of them.</summary>
    internal void Fill(ReadOnlySpan<int> sequences, RandomSource random)
    {
        (_rows, _length, _count, _isPadded) = (sequences.Length, 0, 0, false);
        foreach (int sequence in sequences) _length = Math.Max(_length, corpus.Lengths[sequence]);
        Reserve(_rows * _length, _length);
        Array.Fill(_ids, padding, 0, _rows * _length);
        Array.Clear(_present, 0, _rows * _length);
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<int> sequence = corpus[sequences[row]];
            Span<int> tokens = _tokens.AsSpan(0, sequence.Length);
            sequence.CopyTo(tokens);
            int hidden = masking.Hide(tokens, random, _positions, _hidden), start = row * _length;
            for (int i = 0; i < tokens.Length; i++) _ids[start + i] = tokens[i];
            _present.AsSpan(start, tokens.Length).Fill(1);
            for (int i = 0; i < hidden; i++) (_places[_count + i], _targets[_count + i]) = (start + _positions[i], _hidden[i]);
            _count += hidden;
            _isPadded |= tokens.Length < _length;
        }
    }

    /// <summary>The tokens as a network sees them, in the step that is open.</summary>
    internal TokenBatch Tokens() => new(Tensor.FromIndices(_ids.AsSpan(0, _rows * _length), [_rows, _length]),
        _isPadded ? Tensor.From(_present.AsSpan(0, _rows * _length), [_rows, _length]) : default);

    /// <summary>The hidden places: row · T + position.</summary>
    internal Tensor Places() => Tensor.FromIndices(_places.AsSpan(0, _count), [_count]);

    private void Reserve(int count, int length)
    {
        if (_tokens.Length < length) (_tokens, _positions, _hidden) = (new int[length], new int[length], new int[length]);
        if (_ids.Length < count) (_ids, _places, _targets, _present) = (new long[count], new long[count], new long[count], new float[count]);
    }
}
