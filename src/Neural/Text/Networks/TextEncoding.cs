using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>
/// Puts one text, or two, into the form that an encoder takes: a start token, the tokens of the first, an end token, those of the second, an end token. What is
/// too long is cut off at the end. It owns its memory and serves one thread.
/// </summary>
internal sealed class TextEncoding(Tokenizer tokenizer, int maxTokens)
{
    private readonly SpecialTokens _special = tokenizer.SpecialTokens;

    /// <summary>The tokens of the first text, with the characters that they stand for.</summary>
    internal TokenList First { get; } = new();

    /// <summary>Those of the second.</summary>
    internal TokenList Second { get; } = new();

    /// <summary>The place of the first text's first token in the row.</summary>
    internal int FirstPlace => _special.Start is null ? 0 : 1;

    /// <summary>The place of the second text's first token in the row.</summary>
    internal int SecondPlace => FirstPlace + First.Count + Separators;

    private int Separators => _special.End is null ? 0 : tokenizer.HasDoubleSeparator ? 2 : 1;

    /// <summary>Adds a text.</summary>
    internal void Add(ReadOnlySpan<char> text, TokenTable table)
    {
        int last = _special.End is null ? 0 : 1;
        First.Clear();
        Second.Clear();
        tokenizer.Encode(text, First, maxTokens - FirstPlace - last);
        table.StartRow();
        Write(table);
        if (FirstPlace + First.Count + last == 0) AddUnknown(table);
        table.EndRow(FirstPlace + First.Count + last);
    }

    /// <summary>Adds two texts. The longer one is cut off first, or only the second where the first is a question, of which up to half of the room is kept.</summary>
    internal void Add(ReadOnlySpan<char> first, ReadOnlySpan<char> second, TokenTable table, bool keepsFirst = false)
    {
        First.Clear();
        Second.Clear();
        int last = _special.End is null ? 0 : 1, room = maxTokens - FirstPlace - Separators - last;
        tokenizer.Encode(first, First, keepsFirst ? room / 2 : room);
        tokenizer.Encode(second, Second, room);
        if (First.Count + Second.Count > room)
        {
            int half = room / 2, ofFirst = keepsFirst ? First.Count : Math.Min(First.Count, Math.Max(half, room - Second.Count));
            First.Truncate(ofFirst);
            Second.Truncate(Math.Min(Second.Count, room - ofFirst));
        }
        table.StartRow();
        Write(table);
        for (int i = 1; i < Separators; i++) table.Add(_special.End!.Value);
        foreach (int id in Second.Ids) table.Add(id);
        if (_special.End is { } end) table.Add(end);
        if (SecondPlace + Second.Count + last == 0) AddUnknown(table);
        table.EndRow(SecondPlace);
    }

    private void Write(TokenTable table)
    {
        if (_special.Start is { } start) table.Add(start);
        foreach (int id in First.Ids) table.Add(id);
        if (_special.End is { } end) table.Add(end);
    }

    // A row has at least one token.
    private void AddUnknown(TokenTable table) => table.Add(_special.Unknown ?? _special.Padding ?? 0);
}
