using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Cuts the texts of a row at spaces and hashes the words to keys of 30 bits.</summary>
/// <param name="seed">The seed of the hash.</param>
/// <param name="words">Where to keep the first word of each key; <see langword="null"/> to keep none.</param>
internal sealed class WordKeyReader(uint seed, Dictionary<uint, string>? words = null) : KeyReader
{
    private const uint KeyMask = (1u << 30) - 1;

    private readonly TokenRanges _tokens = new();
    private uint[] _keys = new uint[64];

    internal override ReadOnlySpan<uint> Read(BatchColumn column, int row)
    {
        int count = 0;
        if (column is TextColumn texts)
        {
            count = Add(texts[row], count);
        }
        else
        {
            var vectors = (TextVectorColumn)column;
            for (int item = 0; item < vectors.LengthOf(row); item++) count = Add(vectors[row, item], count);
        }
        return _keys.AsSpan(0, count);
    }

    private int Add(ReadOnlySpan<char> text, int count)
    {
        _tokens.Clear();
        SeparatorTokenizer.AtSpaces.Tokenize(text, _tokens);
        if (_keys.Length < count + _tokens.Count) Array.Resize(ref _keys, Math.Max(count + _tokens.Count, _keys.Length * 2));
        foreach (TokenRange token in _tokens.AsSpan())
        {
            ReadOnlySpan<char> word = text.Slice(token.Start, token.Length);
            uint key = (MurmurHash.OfText(seed, word) & KeyMask) + 1;
            words?.TryAdd(key, word.ToString());
            _keys[count++] = key;
        }
        return count;
    }
}
