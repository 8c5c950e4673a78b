using System.Globalization;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.ImageClassification;

namespace MLPipelines.Cli.Apply;

/// <summary>Finds the pictures that the user named.</summary>
internal static class ImageFiles
{
    private const int Named = 5;

    /// <summary>Labelled pictures to learn from and, where the source has them apart, to test with.</summary>
    internal static (LabelledImages Train, LabelledImages? Test) Open(string path, string? labelColumn, string? pathColumn, Action<string> note, CancellationToken cancellation)
    {
        var input = ImageInput.Open(path, new ImageInputOptions { LabelColumn = labelColumn, PathColumn = pathColumn }, cancellation);
        foreach (string told in input.Notes) note(told);
        return (input.Train, input.Test);
    }

    /// <summary>Labelled pictures to measure with: those for testing, where the source has them apart.</summary>
    internal static LabelledImages Labelled(string path, string? labelColumn, string? pathColumn, Action<string> note, CancellationToken cancellation)
    {
        var (train, test) = Open(path, labelColumn, pathColumn, note, cancellation);
        return test ?? train;
    }

    /// <summary>What is to be said of pictures that could not be read; <see langword="null"/> where there is nothing to say.</summary>
    internal static string? Unreadable(IReadOnlyList<string> problems)
    {
        if (problems.Count == 0) return null;
        string more = problems.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" And {problems.Count - Named} more.") : "";
        return $"{Figures.Count(problems.Count, "picture")} left out that cannot be read: {string.Join(" ", problems.Take(Named).Select(problem => problem.TrimEnd('.') + "."))}{more}";
    }
}
