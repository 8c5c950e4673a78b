namespace MLPipelines.Transforms.Text;

/// <summary>What the n-grams of a view are made of.</summary>
public enum NgramUnit
{
    /// <summary>
    /// Words: runs of letters, digits and marks. In scripts that write no spaces between words (Han, Kana, Thai, Lao, Khmer,
    /// Burmese) each character counts as a word. Emoji and other pictures are words of their own; punctuation is left out.
    /// </summary>
    Word,

    /// <summary>
    /// Characters of each piece between spaces, with a space added at both of its ends. N-grams do not cross spaces; a piece that
    /// is shorter than the shortest n-gram counts as a whole. scikit-learn's <c>char_wb</c>.
    /// </summary>
    CharacterWithinWord,

    /// <summary>Characters of the whole text, spaces included.</summary>
    Character,
}

/// <summary>One set of n-grams that a text is described by. The part of the feature vector that a view makes has length 1.</summary>
/// <param name="Unit">What the n-grams are made of.</param>
/// <param name="MinimumLength">The shortest n-gram, in units; at least 1. A character beyond 16 bits, such as an emoji, is one unit.</param>
/// <param name="MaximumLength">The longest n-gram, in units; at most 16.</param>
/// <param name="MarkEnds">For words: whether the beginning and the end of the text count as words too, written ⟨ and ⟩.</param>
public sealed record NgramView(NgramUnit Unit, int MinimumLength, int MaximumLength, bool MarkEnds = false)
{
    public const int LengthLimit = 16;

    internal void Check()
    {
        if (MinimumLength < 1 || MaximumLength < MinimumLength || MaximumLength > LengthLimit)
            throw new ArgumentOutOfRangeException(nameof(MaximumLength),
                $"N-gram lengths are between 1 and {LengthLimit}, the shortest first; found {MinimumLength} to {MaximumLength}.");
        if (MarkEnds && Unit != NgramUnit.Word) throw new ArgumentException("Only views of words mark the ends of the text.", nameof(MarkEnds));
    }

    public override string ToString() => $"{Unit} {MinimumLength}-{MaximumLength}{(MarkEnds ? " with ends" : "")}";
}
