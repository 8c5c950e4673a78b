using System.Text;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Cuts text of any language into tokens without a dictionary, after the model of Unicode Standard Annex 29:
/// <list type="bullet">
/// <item>words, where a script has spaces, with the apostrophes inside them (<c>don't</c>) and the points inside numbers (<c>3.14</c>);</item>
/// <item>single characters with their combining marks, where a script has none (Han, Hiragana, Katakana, Thai, Lao, Khmer,
/// Myanmar); n-grams of tokens then are character n-grams;</item>
/// <item>symbols and emoji, each with its modifiers: joined sequences, flags, skin tones and keycaps stay whole.</item>
/// </list>
/// Text is first brought to one form: Unicode normalization form KC, and lower case with <c>ß</c> as <c>ss</c> and final sigma as
/// sigma. Allocates nothing per text.
/// </summary>
public sealed class UnicodeTokenizer : ITextTokenizer
{
    internal const string Id = "unicode";

    private readonly UnicodeFolding _folding;

    /// <param name="normalize">Whether compatible characters become the same: full-width <c>Ａ</c> and <c>A</c>, <c>ﬁ</c> and <c>fi</c>.</param>
    /// <param name="foldCase">Whether upper and lower case become the same.</param>
    /// <param name="keepPunctuation">Whether every punctuation mark is a token; otherwise they only separate tokens.</param>
    public UnicodeTokenizer(bool normalize = true, bool foldCase = true, bool keepPunctuation = false)
    {
        (Normalize, FoldCase, KeepPunctuation) = (normalize, foldCase, keepPunctuation);
        _folding = new UnicodeFolding(normalize, foldCase);
    }

    public bool Normalize { get; }

    public bool FoldCase { get; }

    public bool KeepPunctuation { get; }

    public string TypeId => Id;

    public ReadOnlySpan<char> Prepare(ReadOnlySpan<char> text, scoped ref char[] buffer) => _folding.Fold(text, ref buffer);

    public void Tokenize(ReadOnlySpan<char> text, TokenRanges tokens)
    {
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            switch (Take(text, ref at))
            {
                case CharacterClass.Letter or CharacterClass.Digit:
                    TakeWord(text, ref at);
                    break;
                case CharacterClass.Unspaced:
                    TakeMarks(text, ref at);
                    break;
                case CharacterClass.Symbol:
                    TakeSymbolParts(text, ref at);
                    break;
                case CharacterClass.RegionalIndicator:
                    int next = at;
                    if (at < text.Length && Take(text, ref next) == CharacterClass.RegionalIndicator) at = next;
                    break;
                case CharacterClass.Punctuation when at < text.Length && CharacterClasses.Of(text[at]) == CharacterClass.Mark:
                    TakeSymbolParts(text, ref at); // A keycap such as #️⃣, or a mark shown as emoji such as ‼️.
                    break;
                case CharacterClass.Punctuation when KeepPunctuation:
                    break;
                default:
                    continue;
            }
            tokens.Add(start, at - start);
        }
    }

    /// <summary>Steps over one code point.</summary>
    private static CharacterClass Take(ReadOnlySpan<char> text, ref int at)
    {
        char c = text[at];
        if (!char.IsSurrogate(c))
        {
            at++;
            return CharacterClasses.Of(c);
        }
        bool whole = Rune.DecodeFromUtf16(text[at..], out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done;
        at += consumed;
        return whole ? CharacterClasses.OfSupplementary(rune.Value) : CharacterClass.Break;
    }

    private static void TakeWord(ReadOnlySpan<char> text, ref int at)
    {
        int end = at;
        while (at < text.Length)
        {
            int next = at;
            CharacterClass taken = Take(text, ref next);
            if (taken is CharacterClass.Letter or CharacterClass.Digit or CharacterClass.Mark) end = next;
            else if (taken != CharacterClass.Joiner && !(taken == CharacterClass.Punctuation && at == end && Joins(text, at))) break;
            at = next;
        }
        at = end;
    }

    /// <summary>Whether a punctuation mark between two characters of a word belongs to it.</summary>
    private static bool Joins(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 >= text.Length) return false;
        CharacterClass sides = text[at] switch
        {
            '\'' or '\u2019' or '\u00B7' or '\u05F3' or '\u05F4' => CharacterClass.Letter,
            '.' or ',' => CharacterClass.Digit,
            _ => CharacterClass.Break,
        };
        return CharacterClasses.Of(text[at - 1]) == sides && CharacterClasses.Of(text[at + 1]) == sides && sides != CharacterClass.Break;
    }

    private static void TakeMarks(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && CharacterClasses.Of(text[at]) == CharacterClass.Mark)
        {
            // The stackers of Khmer and Myanmar put the next consonant beneath this one.
            bool stacks = text[at] is '\u17D2' or '\u1039';
            at++;
            if (stacks && at < text.Length && CharacterClasses.Of(text[at]) == CharacterClass.Unspaced) at++;
        }
    }

    private static void TakeSymbolParts(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length)
        {
            int next = at;
            CharacterClass taken = Take(text, ref next);
            if (taken == CharacterClass.Joiner)
            {
                if (next == text.Length || Take(text, ref next) is not (CharacterClass.Symbol or CharacterClass.Punctuation)) return;
            }
            else if (taken is not (CharacterClass.Mark or CharacterClass.SymbolModifier))
            {
                return;
            }
            at = next;
        }
    }

    public void Save(ModelStepWriter writer)
    {
        writer.Set("normalize", Normalize);
        writer.Set("foldCase", FoldCase);
        writer.Set("keepPunctuation", KeepPunctuation);
    }

    internal static UnicodeTokenizer Load(ModelStepReader reader) =>
        new(reader.GetBoolean("normalize"), reader.GetBoolean("foldCase"), reader.GetBoolean("keepPunctuation"));
}
