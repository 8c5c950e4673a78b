namespace MLPipelines.Transforms.Text;

/// <summary>Diacritical marks, of letters and by themselves.</summary>
internal static class DiacriticalMarks
{
    /// <summary>A letter from U+00C0 to U+04FF without its marks; other characters as they are.</summary>
    internal static char Strip(char c)
    {
        if (c is < '\u00C0' or > '\u04FF' || !char.IsLetter(c)) return c;
        if (c == 'İ') return 'I'; // Its lower case is no single character.
        char lower = char.ToLowerInvariant(c), bare = Composition.Strip(lower);
        return bare == lower ? c : c == lower ? bare : char.ToUpperInvariant(bare);
    }

    /// <summary>Whether the character is a combining mark of the Latin, Greek, Cyrillic, Hebrew or Arabic script.</summary>
    internal static bool IsMark(char c) => c is
        (>= '\u0300' and <= '\u036F') or
        (>= '\u0591' and <= '\u05BD') or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7' or
        (>= '\u0610' and <= '\u0615') or (>= '\u064C' and <= '\u065E') or '\u0670';
}
