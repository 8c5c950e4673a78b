using System.Globalization;
using MLPipelines.Cli.Input;

namespace MLPipelines.Cli.Train;

/// <summary>What the user asked a training for.</summary>
internal sealed record TrainArguments
{
    internal required string Dataset { get; init; }

    internal string? TestDataset { get; init; }

    internal double? Split { get; init; }

    internal string? LabelColumn { get; init; }

    internal IReadOnlyList<string> TextColumns { get; init; } = [];

    internal IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>What is forecast, where that is the scenario.</summary>
    internal ForecastArguments? Forecast { get; init; }

    /// <summary>What was said of a table of financial lines, where that is the scenario.</summary>
    internal FinancialArguments? Financial { get; init; }

    /// <summary>What was said of events, where recommendation is the scenario.</summary>
    internal RecommendationArguments? Recommendation { get; init; }

    /// <summary>What was said of pictures, where they are what is classified.</summary>
    internal ImageArguments? Image { get; init; }

    /// <summary>What was said of a search, where that is what is done.</summary>
    internal AutoML.SearchArguments? Search { get; init; }

    /// <summary>Whether what comes next is predicted, and not columns of rows.</summary>
    internal bool IsForecast => Forecast is not null || Financial is not null;

    internal InputFormat Format { get; init; } = new();

    internal int Seed { get; init; } = 1;

    internal string? Trainer { get; init; }

    internal IReadOnlyList<string> Settings { get; init; } = [];

    internal double? TrainSeconds { get; init; }

    internal string? Output { get; init; }

    internal string? ReportFile { get; init; }

    internal Commands.RunArguments Run { get; init; } = new();

    internal bool Json { get; init; }

    /// <summary>What a run store keeps of it.</summary>
    internal Dictionary<string, string> Recorded(string label)
    {
        var parameters = new Dictionary<string, string> { ["labelColumn"] = label };
        foreach (string setting in Settings) parameters[setting.Split('=')[0]] = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        if (TestDataset is { } test) parameters["testDataset"] = Path.GetFullPath(test);
        if (Split is { } share) parameters["split"] = share.ToString(CultureInfo.InvariantCulture);
        if (TextColumns.Count > 0) parameters["textColumns"] = string.Join(',', TextColumns);
        if (IgnoredColumns.Count > 0) parameters["ignoredColumns"] = string.Join(',', IgnoredColumns);
        if (TrainSeconds is { } seconds) parameters["trainTime"] = seconds.ToString(CultureInfo.InvariantCulture);
        if (Forecast is { } forecast) parameters["horizon"] = forecast.Horizon.ToString(CultureInfo.InvariantCulture);
        return parameters;
    }
}
