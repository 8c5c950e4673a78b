using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Finds the slots of the n-grams of the words of a row. Serves one thread.</summary>
internal sealed class WordSlots(NgramHash hash, DataViewSchema.Column[] sources, SlotInverter? inverter = null, WordSlots.WordSink? sink = null)
{
    private const uint KeyMask = (1u << 30) - 1;

    private readonly FeatureList _found = new();
    private readonly TokenRanges _tokens = new();
    private readonly uint[] _rounds = new uint[NgramShape.MaximumSpan + 1];
    private readonly uint[] _ngram = new uint[NgramShape.MaximumSpan];
    private uint[] _keys = new uint[64];

    /// <summary>Takes a word and its key.</summary>
    internal delegate void WordSink(int column, uint key, ReadOnlySpan<char> word);

    /// <summary>One entry per n-gram; valid until the next call.</summary>
    internal FeatureList Find(Batch batch, int row)
    {
        _found.Clear();
        for (int column = 0; column < sources.Length; column++)
        {
            int count = 0;
            if (batch[sources[column].Index] is TextColumn texts)
            {
                count = Hash(texts[row], column, count);
            }
            else
            {
                var vectors = (TextVectorColumn)batch[sources[column].Index];
                for (int item = 0; item < vectors.LengthOf(row); item++) count = Hash(vectors[row, item], column, count);
            }
            var step = new HashNgrams(hash, column, _rounds, _found, inverter, _ngram);
            NgramWalk.Run(_keys.AsSpan(0, count), hash.Shape, ref step);
        }
        return _found;
    }

    private int Hash(ReadOnlySpan<char> text, int column, int count)
    {
        _tokens.Clear();
        SeparatorTokenizer.AtSpaces.Tokenize(text, _tokens);
        if (_keys.Length < count + _tokens.Count) Array.Resize(ref _keys, Math.Max(count + _tokens.Count, _keys.Length * 2));
        foreach (TokenRange token in _tokens.AsSpan())
        {
            ReadOnlySpan<char> word = text.Slice(token.Start, token.Length);
            uint key = (MurmurHash.OfText(hash.Seed, word) & KeyMask) + 1;
            sink?.Invoke(column, key, word);
            _keys[count++] = key;
        }
        return count;
    }
}
