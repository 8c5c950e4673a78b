using MLPipelines.Tokenizers;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>Makes text of tokens as they come. A character whose bytes are in several tokens comes when all of them are there, so that the pieces put together are what all tokens stand for.</summary>
internal sealed class TextPieces(Tokenizer tokenizer)
{
    private const char Replacement = '\uFFFD';

    private readonly List<int> _pending = [];
    private int _told;

    /// <summary>What a token adds to the text; it may be empty.</summary>
    internal string Add(int id)
    {
        _pending.Add(id);
        string text = tokenizer.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending));
        // A character that is not complete is decoded to a single replacement character at the end. What is before it does not change any more.
        if (text.EndsWith(Replacement)) return Tell(text[..^1]);
        string rest = Tell(text);
        _pending.Clear();
        _told = 0;
        return rest;
    }

    /// <summary>What is left at the end: the replacement character of one that was never completed.</summary>
    internal string End()
    {
        string rest = Tell(tokenizer.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending)));
        _pending.Clear();
        _told = 0;
        return rest;
    }

    private string Tell(string text)
    {
        string piece = text[Math.Min(_told, text.Length)..];
        _told = Math.Max(_told, text.Length);
        return piece;
    }
}
