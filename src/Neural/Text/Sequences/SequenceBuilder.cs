using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>
/// Makes of one text or two what encoders take: tokens with special ones around them, no more than a number of them. It holds one sequence at a time,
/// the last one built; for one thread.
/// </summary>
internal sealed class SequenceBuilder
{
    private readonly TokenList _sequence = new(), _first = new(), _second = new();

    /// <param name="tokenizer">What divides texts.</param>
    /// <param name="maxTokens">The most tokens of a sequence, special ones among them.</param>
    internal SequenceBuilder(Tokenizer tokenizer, int maxTokens)
    {
        (Tokenizer, MaxTokens) = (tokenizer, maxTokens);
        if (maxTokens <= SpecialsOf(isPair: true)) throw new ArgumentOutOfRangeException(nameof(maxTokens), maxTokens, $"A sequence needs more than {SpecialsOf(isPair: true)} tokens, as many as are special in one of two texts.");
    }

    internal Tokenizer Tokenizer { get; }

    internal int MaxTokens { get; }

    /// <summary>The tokens of the sequence.</summary>
    internal ReadOnlySpan<int> Ids => _sequence.Ids;

    /// <summary>The first character of each token in the text that it is of; 0 for special ones.</summary>
    internal ReadOnlySpan<int> Starts => _sequence.Starts;

    /// <summary>The character after the last of each token; 0 for special ones.</summary>
    internal ReadOnlySpan<int> Ends => _sequence.Ends;

    /// <summary>Which tokens are those of the first text, without special ones.</summary>
    internal Range First { get; private set; }

    /// <summary>Which tokens are those of the second text; none if there is none.</summary>
    internal Range Second { get; private set; }

    /// <summary>The first token of segment 1; as many as there are tokens if all are of segment 0, as they always are for RoBERTa.</summary>
    internal int SegmentStart { get; private set; }

    /// <summary>Whether texts had more tokens than there was room for.</summary>
    internal bool IsTruncated { get; private set; }

    /// <summary>A sequence of one text: start, text, end.</summary>
    internal void Build(ReadOnlySpan<char> text)
    {
        int room = MaxTokens - SpecialsOf(isPair: false);
        Encode(text, _first, room);
        IsTruncated = _first.Count > room;
        Begin();
        First = Append(_first, Math.Min(_first.Count, room));
        AddSpecial(Tokenizer.SpecialTokens.End);
        Second = _sequence.Count.._sequence.Count;
        SegmentStart = _sequence.Count;
    }

    /// <summary>A sequence of two texts: start, first, end (two ends for RoBERTa), second, end. If they are too long, tokens are taken from the end of the longer one.</summary>
    internal void Build(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        int room = MaxTokens - SpecialsOf(isPair: true);
        Encode(first, _first, room);
        Encode(second, _second, room);
        (int ofFirst, int ofSecond) = Divide(_first.Count, _second.Count, room);
        IsTruncated = ofFirst < _first.Count || ofSecond < _second.Count;
        Begin();
        First = Append(_first, ofFirst);
        AddSpecial(Tokenizer.SpecialTokens.End);
        if (Tokenizer.HasDoubleSeparator) AddSpecial(Tokenizer.SpecialTokens.End);
        int start = _sequence.Count;
        Second = Append(_second, ofSecond);
        AddSpecial(Tokenizer.SpecialTokens.End);
        SegmentStart = Tokenizer.HasDoubleSeparator ? _sequence.Count : start;
    }

    /// <summary>How many tokens two texts keep when tokens are taken from the longer one until both fit; of equally long ones the second gives first.</summary>
    internal static (int First, int Second) Divide(int first, int second, int room)
    {
        if (first + second <= room) return (first, second);
        if (first <= room / 2) return (first, room - first);
        return second <= room / 2 ? (room - second, second) : (room - room / 2, room / 2);
    }

    private int SpecialsOf(bool isPair) => (Tokenizer.SpecialTokens.Start is null ? 0 : 1)
        + (Tokenizer.SpecialTokens.End is null ? 0 : !isPair ? 1 : Tokenizer.HasDoubleSeparator ? 3 : 2);

    private void Encode(ReadOnlySpan<char> text, TokenList tokens, int room)
    {
        tokens.Clear();
        Tokenizer.Encode(text, tokens, room + 1);
    }

    private void Begin()
    {
        _sequence.Clear();
        AddSpecial(Tokenizer.SpecialTokens.Start);
    }

    private Range Append(TokenList tokens, int count)
    {
        int start = _sequence.Count;
        _sequence.Add(tokens.Ids[..count], tokens.Starts[..count], tokens.Ends[..count], 0);
        return start.._sequence.Count;
    }

    private void AddSpecial(int? id)
    {
        if (id is { } token) _sequence.Add(token, 0, 0);
    }
}
