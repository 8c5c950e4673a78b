using System.Text;

namespace MLPipelines.Benchmarks;

/// <summary>
/// Texts of 5 to 20 made-up words, distributed as words are (the k-th most frequent has a share of 1/k). Each label has 30 words
/// of its own, one word in four.
/// </summary>
public static class GeneratedTexts
{
    private const int CommonWords = 5_000, OwnWords = 30;
    private static readonly string[] Syllables = ["ba", "cor", "du", "el", "fin", "ga", "ho", "in", "ka", "lor", "mi", "nu", "os", "per", "ri", "sen", "ta", "un", "ver", "zo"];

    public static IEnumerable<LabelledText> Make(int rows, int labels, int seed)
    {
        var random = new Random(seed);
        string[] words = [.. Enumerable.Range(0, CommonWords + labels * OwnWords).Select(i => Word(i))];
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            int label = random.Next(labels);
            text.Clear();
            for (int left = random.Next(5, 21); left > 0; left--)
            {
                int word = random.Next(4) == 0 ? CommonWords + label * OwnWords + random.Next(OwnWords)
                    : (int)Math.Pow(CommonWords, random.NextDouble());
                text.Append(words[word]).Append(left > 1 ? ' ' : '.');
            }
            yield return new LabelledText { Text = text.ToString(), Category = $"label {label}" };
        }
    }

    /// <summary>A word of its own for each number.</summary>
    private static string Word(int number)
    {
        var word = new StringBuilder();
        for (int rest = number + 1; rest > 0; rest /= Syllables.Length) word.Append(Syllables[rest % Syllables.Length]);
        return word.ToString();
    }
}
