namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>Lets text pass up to the first of some texts, and holds back what may become one of them.</summary>
internal sealed class StopTexts(IReadOnlyList<string> texts)
{
    private string _held = "";

    /// <summary>Whether one of the texts came.</summary>
    internal bool IsFound { get; private set; }

    /// <summary>What passes when a piece is added; nothing any more once one of the texts came.</summary>
    internal string Pass(string piece)
    {
        if (IsFound || piece.Length == 0) return "";
        if (texts.Count == 0) return piece;
        string text = _held + piece;
        int found = texts.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        IsFound = found >= 0;
        int end = IsFound ? found : text.Length - Math.Min(text.Length, texts.Max(stop => Overlap(text, stop)));
        _held = IsFound ? "" : text[end..];
        return text[..end];
    }

    /// <summary>What was held back, when nothing follows.</summary>
    internal string End()
    {
        string held = _held;
        _held = "";
        return held;
    }

    /// <summary>How much of the end of a text is the beginning of another.</summary>
    private static int Overlap(string text, string stop)
    {
        for (int length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length))) return length;
        return 0;
    }
}
