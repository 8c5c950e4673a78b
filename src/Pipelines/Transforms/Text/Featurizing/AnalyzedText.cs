using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The text of one row, normalized and cut into words: buffers that are filled anew for every row. Serves one thread.</summary>
internal sealed class AnalyzedText
{
    private readonly TextAnalysis _analysis;
    private readonly DataViewSchema.Column[] _sources;
    private readonly CharNormalizer _normalizer;
    private readonly bool _isOneText;
    private readonly TokenRanges _texts = new();
    private readonly TokenRanges _tokens = new();
    private char[] _chars = new char[256];
    private char[] _normalized = [];
    private char[] _prepared = [];
    private uint[] _keys = [];
    private int _length;

    internal AnalyzedText(TextAnalysis analysis, DataViewSchema.Column[] sources)
    {
        (_analysis, _sources) = (analysis, sources);
        _normalizer = CharNormalizer.For(analysis.Normalizer);
        _isOneText = sources is [{ Type: TextDataViewType }];
    }

    internal ReadOnlySpan<TokenRange> Tokens => _tokens.AsSpan();

    internal ReadOnlySpan<char> this[TokenRange token] => _chars.AsSpan(token.Start, token.Length);

    internal void Read(Batch batch, int row)
    {
        _texts.Clear();
        _tokens.Clear();
        _length = 0;
        foreach (DataViewSchema.Column source in _sources)
        {
            if (batch[source.Index] is TextColumn texts)
            {
                Add(texts[row]);
                continue;
            }
            var vectors = (TextVectorColumn)batch[source.Index];
            for (int item = 0; item < vectors.LengthOf(row); item++) Add(vectors[row, item]);
        }
        if (_analysis.StopWords is { } stopWords) Remove(stopWords);
    }

    private void Add(ReadOnlySpan<char> text)
    {
        Ensure(ref _normalized, text.Length, keep: 0);
        text = _normalizer.ChangesNothing ? text : _normalized.AsSpan(0, _normalizer.Normalize(text, _normalized));
        // Like the normalizing step, which leaves out the texts of a vector that become empty.
        if (text.IsEmpty && !_normalizer.ChangesNothing) return;
        text = _analysis.Tokenizer.Prepare(text, ref _prepared);
        Ensure(ref _chars, _length + text.Length, _length);
        text.CopyTo(_chars.AsSpan(_length));
        _texts.Add(_length, text.Length);
        int before = _tokens.Count;
        _analysis.Tokenizer.Tokenize(text, _tokens);
        _tokens.Shift(before, _length);
        _length += text.Length;
    }

    private void Remove(StopWordSet stopWords)
    {
        int kept = 0;
        for (int i = 0; i < _tokens.Count; i++)
        {
            TokenRange token = _tokens[i];
            if (!stopWords.Contains(this[token])) _tokens.Set(kept++, token);
        }
        _tokens.Truncate(kept);
    }

    /// <summary>
    /// The characters as keys, between markers of the beginning and the end; several texts, or words without stop words, are separated
    /// by another marker. An empty text has none.
    /// </summary>
    internal ReadOnlySpan<uint> CharacterKeys()
    {
        bool words = _analysis.StopWords is not null;
        ReadOnlySpan<TokenRange> parts = words ? _tokens.AsSpan() : _texts.AsSpan();
        if (_isOneText && !words && _length == 0) return default;
        int room = _length + parts.Length + 2;
        if (_keys.Length < room) _keys = new uint[Math.Max(room, _keys.Length * 2)];
        int at = 0;
        _keys[at++] = Text.CharacterKeys.TextStart;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0) continue;
            if (i > 0) _keys[at++] = Text.CharacterKeys.UnitSeparator;
            System.Numerics.Tensors.TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<char, ushort>(this[parts[i]]), _keys.AsSpan(at));
            at += parts[i].Length;
        }
        _keys[at++] = Text.CharacterKeys.TextEnd;
        return _keys.AsSpan(0, at);
    }

    /// <summary>The keys of the words; 0 for a word that has none.</summary>
    internal ReadOnlySpan<uint> WordKeys(TermMap terms)
    {
        Span<uint> keys = RoomForWords();
        for (int i = 0; i < keys.Length; i++) keys[i] = terms.Find(this[_tokens[i]]);
        return keys;
    }

    /// <summary>The keys of the words; words that have none get one while there are fewer than <paramref name="limit"/>.</summary>
    internal ReadOnlySpan<uint> LearnWordKeys(TermMap terms, int limit)
    {
        Span<uint> keys = RoomForWords();
        for (int i = 0; i < keys.Length; i++) keys[i] = terms.GetOrAdd(this[_tokens[i]], limit);
        return keys;
    }

    private Span<uint> RoomForWords()
    {
        if (_keys.Length < _tokens.Count) _keys = new uint[Math.Max(_tokens.Count, _keys.Length * 2)];
        return _keys.AsSpan(0, _tokens.Count);
    }

    private static void Ensure(ref char[] buffer, int length, int keep)
    {
        if (buffer.Length >= length) return;
        char[] larger = new char[Math.Max(length, buffer.Length * 2)];
        buffer.AsSpan(0, keep).CopyTo(larger);
        buffer = larger;
    }
}
