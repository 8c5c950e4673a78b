using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>What the training texts look like.</summary>
/// <param name="Rows">The number of texts.</param>
/// <param name="MeanLength">Their mean length in UTF-16 characters.</param>
/// <param name="IdeographShare">The share of letters that belong to scripts without spaces between words, from 0 to 1.</param>
public sealed record TextProfile(int Rows, double MeanLength, double IdeographShare)
{
    /// <summary>Looks at up to 2,000 texts, spread evenly.</summary>
    internal static TextProfile Of(TextColumn[] columns)
    {
        int rows = columns[0].RowCount, step = Math.Max(1, rows / 2000), looked = 0;
        long length = 0, letters = 0, ideographs = 0;
        for (int row = 0; row < rows; row += step, looked++)
        {
            foreach (TextColumn column in columns)
            {
                length += column[row].Length;
                foreach (char c in column[row])
                {
                    CharacterKind kind = CharacterKinds.Of(c);
                    if (kind == CharacterKind.Ideograph) ideographs++;
                    else if (kind == CharacterKind.Letter) letters++;
                }
            }
        }
        return new TextProfile(rows, length / (double)Math.Max(looked, 1), ideographs / Math.Max(1.0, letters + ideographs));
    }
}
