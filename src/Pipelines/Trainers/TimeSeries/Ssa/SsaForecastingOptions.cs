using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>What <see cref="SsaForecastingEstimator"/> is made with.</summary>
internal sealed record SsaForecastingOptions(string Output, string Input, int WindowSize, int SeriesLength, int TrainSize, int Horizon)
{
    internal bool IsAdaptive { get; init; }

    internal float DiscountFactor { get; init; } = 1;

    internal RankSelectionMethod RankSelectionMethod { get; init; } = RankSelectionMethod.Exact;

    internal int? Rank { get; init; }

    internal int? MaxRank { get; init; }

    internal bool ShouldStabilize { get; init; } = true;

    internal bool ShouldMaintainInfo { get; init; }

    internal GrowthRatio? MaxGrowth { get; init; }

    /// <summary>The columns of the bounds; both or none.</summary>
    internal string? LowerBound { get; init; }

    internal string? UpperBound { get; init; }

    internal float ConfidenceLevel { get; init; } = 0.95f;

    internal bool VariableHorizon { get; init; }

    internal bool HasBounds => LowerBound is not null;

    internal SsaSettings ToSettings() => new(
        WindowSize, RankSelectionMethod, Rank ?? MaxRank ?? (WindowSize - 1), MaxRank ?? (WindowSize - 1), ShouldStabilize,
        MaxGrowth?.Ratio ?? double.PositiveInfinity, HasBounds, DiscountFactor, ShouldMaintainInfo);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal SsaForecastingOptions Checked()
    {
        ArgumentException.ThrowIfNullOrEmpty(Output, "outputColumnName");
        ArgumentException.ThrowIfNullOrEmpty(Input, "inputColumnName");
        Require(WindowSize >= 2, "windowSize", WindowSize, "2 or more");
        Require(SeriesLength > WindowSize, "seriesLength", SeriesLength, $"more than the window size, {WindowSize}");
        Require(TrainSize > 2 * WindowSize, "trainSize", TrainSize, $"more than twice the window size, {WindowSize}");
        Require(Horizon >= 1, "horizon", Horizon, "1 or more");
        Require(DiscountFactor is >= 0 and <= 1, "discountFactor", DiscountFactor, "a number from 0 to 1");
        Require(Rank is null || (Rank >= 1 && Rank < WindowSize), "rank", Rank, $"a number from 1 to {WindowSize - 1}");
        Require(MaxRank is null || (MaxRank >= 1 && MaxRank < WindowSize), "maxRank", MaxRank, $"a number from 1 to {WindowSize - 1}");
        Require(MaxGrowth is null or { TimeSpan: > 0, Growth: >= 0 }, "maxGrowth", MaxGrowth?.Growth, "a time span above 0 and a growth of 0 or more");
        Require(ConfidenceLevel is >= 0 and < 1, "confidenceLevel", ConfidenceLevel, "a number from 0 on and below 1");
        Require(Enum.IsDefined(RankSelectionMethod), "rankSelectionMethod", RankSelectionMethod, "one of the methods");
        if (LowerBound is null != UpperBound is null) throw new ArgumentException("Expected names for both columns of bounds, or for none.", LowerBound is null ? "confidenceLowerBoundColumn" : "confidenceUpperBoundColumn");
        return this;
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("output", Output);
        writer.Set("input", Input);
        writer.Set("window", WindowSize);
        writer.Set("series-length", SeriesLength);
        writer.Set("train-size", TrainSize);
        writer.Set("horizon", Horizon);
        writer.Set("adaptive", IsAdaptive);
        writer.Set("discount", (double)DiscountFactor);
        writer.Set("selection", RankSelectionMethod.ToString());
        if (Rank is { } rank) writer.Set("rank", rank);
        if (MaxRank is { } maxRank) writer.Set("max-rank", maxRank);
        writer.Set("stabilize", ShouldStabilize);
        if (MaxGrowth is { } growth)
        {
            writer.Set("growth", growth.Growth);
            writer.Set("growth-span", growth.TimeSpan);
        }
        if (HasBounds)
        {
            writer.Set("lower", LowerBound);
            writer.Set("upper", UpperBound);
        }
        writer.Set("confidence", (double)ConfidenceLevel);
        writer.Set("variable-horizon", VariableHorizon);
    }

    internal static SsaForecastingOptions Load(ModelStepReader reader)
    {
        var options = new SsaForecastingOptions(
            reader.GetString("output"), reader.GetString("input"), reader.GetInt32("window"), reader.GetInt32("series-length"), reader.GetInt32("train-size"), reader.GetInt32("horizon"))
        {
            IsAdaptive = reader.GetBoolean("adaptive"),
            DiscountFactor = (float)reader.GetDouble("discount"),
            RankSelectionMethod = Enum.TryParse(reader.GetString("selection"), out RankSelectionMethod method) ? method : throw reader.Invalid("its rank selection method is not known"),
            Rank = reader.Has("rank") ? reader.GetInt32("rank") : null,
            MaxRank = reader.Has("max-rank") ? reader.GetInt32("max-rank") : null,
            ShouldStabilize = reader.GetBoolean("stabilize"),
            MaxGrowth = reader.Has("growth") ? new GrowthRatio { Growth = reader.GetDouble("growth"), TimeSpan = reader.GetInt32("growth-span") } : null,
            LowerBound = reader.GetStringOrNull("lower"),
            UpperBound = reader.GetStringOrNull("upper"),
            ConfidenceLevel = (float)reader.GetDouble("confidence"),
            VariableHorizon = reader.GetBoolean("variable-horizon"),
        };
        try
        {
            return options.Checked();
        }
        catch (ArgumentException exception)
        {
            throw reader.Invalid(exception.Message);
        }
    }

    private static void Require(bool holds, string name, object? value, string expected)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"Expected {expected}.");
    }
}
