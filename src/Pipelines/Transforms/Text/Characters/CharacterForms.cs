namespace MLPipelines.Transforms.Text;

/// <summary>Forms of one character brought together, without a Unicode library.</summary>
internal static class CharacterForms
{
    /// <summary>The ASCII character of a full-width one; others as they are.</summary>
    internal static char Narrow(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' => ' ',
        _ => c,
    };

    /// <summary>Lower case, and the sigma at the end of a word as any other.</summary>
    internal static char Lower(char c) => c == 'ς' ? 'σ' : char.ToLowerInvariant(c);
}
