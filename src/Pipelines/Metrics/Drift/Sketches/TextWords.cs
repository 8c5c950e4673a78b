using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Drift;

/// <summary>
/// The words of a text as hashes: runs of letters and digits, lower-cased; in scripts that put no spaces between words, each character.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct TextWords(ReadOnlySpan<char> text)
{
    private const char FirstIdeograph = '\u2E80', LastIdeograph = '\u9FFF';

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>The hash of the word that was found.</summary>
    internal uint Current { get; private set; }

    internal bool Next()
    {
        while (_at < _text.Length && !char.IsLetterOrDigit(_text[_at])) _at++;
        if (_at == _text.Length) return false;
        uint hash = 0;
        int start = _at;
        while (_at < _text.Length && char.IsLetterOrDigit(_text[_at]))
        {
            char c = _text[_at];
            bool isWord = c is >= FirstIdeograph and <= LastIdeograph;
            if (isWord && _at > start) break;
            hash = MurmurHash.Round(hash, char.ToLowerInvariant(c));
            _at++;
            if (isWord) break;
        }
        Current = MurmurHash.Finish(hash);
        return true;
    }

    internal static uint Hash(ReadOnlySpan<char> value)
    {
        uint hash = 0;
        foreach (char c in value) hash = MurmurHash.Round(hash, c);
        return MurmurHash.Finish(hash);
    }
}
