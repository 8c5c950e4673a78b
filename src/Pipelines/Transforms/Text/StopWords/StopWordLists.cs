using System.Collections.Concurrent;

namespace MLPipelines.Transforms.Text;

/// <summary>The stop words of each language, from the files of the folder Lists: words between white space, remarks after #.</summary>
internal static class StopWordLists
{
    private static readonly ConcurrentDictionary<StopWordsRemovingEstimator.Language, StopWordSet> Read = new();

    internal static StopWordSet Of(StopWordsRemovingEstimator.Language language)
    {
        if (!Enum.IsDefined(language))
            throw new ArgumentOutOfRangeException(nameof(language), language, $"Expected one of {string.Join(", ", Enum.GetNames<StopWordsRemovingEstimator.Language>())}.");
        return Read.GetOrAdd(language, static language => new StopWordSet(WordsOf(language).SelectMany(word => new[] { word, string.Concat(word.Select(DiacriticalMarks.Strip)) })));
    }

    /// <summary>The two enumerations of ML.NET have the same names and other numbers.</summary>
    internal static StopWordSet Of(TextFeaturizingEstimator.Language language) => Enum.TryParse(language.ToString(), out StopWordsRemovingEstimator.Language same) && Enum.IsDefined(language)
        ? Of(same) : throw new ArgumentOutOfRangeException(nameof(language), language, $"Expected one of {string.Join(", ", Enum.GetNames<TextFeaturizingEstimator.Language>())}.");

    /// <summary>The words as the file has them.</summary>
    internal static IReadOnlyList<string> WordsOf(StopWordsRemovingEstimator.Language language)
    {
        using var reader = new StreamReader(typeof(StopWordLists).Assembly.GetManifestResourceStream($"StopWords.{language}")!);
        var words = new List<string>();
        while (reader.ReadLine() is { } line) words.AddRange(line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // The Brazilian file has only what Brazil adds.
        if (language == StopWordsRemovingEstimator.Language.Portuguese_Brazilian) words.AddRange(WordsOf(StopWordsRemovingEstimator.Language.Portuguese));
        return words;
    }
}
