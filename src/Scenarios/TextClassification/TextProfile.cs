using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>What the training texts look like.</summary>
/// <param name="Rows">The number of texts.</param>
/// <param name="Labels">The number of different labels.</param>
/// <param name="MeanLength">The mean length of the texts in UTF-16 characters.</param>
/// <param name="IdeographShare">The share of letters that belong to scripts without spaces between words, from 0 to 1.</param>
public sealed record TextProfile(int Rows, int Labels, double MeanLength, double IdeographShare)
{
    /// <summary>Whether a good part of the text is in scripts without spaces between words.</summary>
    public bool HasIdeographs => IdeographShare > 0.3;

    /// <summary>Looks at up to 2,000 texts, spread evenly.</summary>
    internal static TextProfile Of(TextColumn texts, int labels)
    {
        int step = Math.Max(1, texts.RowCount / 2000), looked = 0;
        long length = 0, letters = 0, ideographs = 0;
        for (int row = 0; row < texts.RowCount; row += step, looked++)
        {
            length += texts[row].Length;
            foreach (char c in texts[row])
            {
                CharacterKind kind = CharacterClasses.KindOf(c);
                if (kind == CharacterKind.Ideograph) ideographs++;
                else if (kind == CharacterKind.Letter) letters++;
            }
        }
        return new TextProfile(texts.RowCount, labels, length / (double)Math.Max(looked, 1), ideographs / Math.Max(1.0, letters + ideographs));
    }
}
