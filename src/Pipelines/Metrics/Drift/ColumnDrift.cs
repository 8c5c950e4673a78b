namespace MLPipelines.Drift;

/// <summary>How the values of a column compare with those that a model learned from.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Kind">What the column holds: a constant of <see cref="ColumnSketch"/>.</param>
/// <param name="Rows">The rows that were compared.</param>
/// <param name="Index">The population stability index (<see cref="PopulationStability"/>).</param>
/// <param name="ByChance">What the index hardly ever exceeds without any drift, for as many rows.</param>
/// <param name="MissingShare">The share of rows without a value.</param>
/// <param name="TrainedMissingShare">The share of these in training.</param>
/// <param name="UnseenShare">The share of categories, or of words, that training did not see; 0 for numbers.</param>
/// <param name="TrainedUnseenShare">The share of these that is expected without drift.</param>
public sealed record ColumnDrift(string Column, string Kind, long Rows, double Index, double ByChance, double MissingShare, double TrainedMissingShare, double UnseenShare, double TrainedUnseenShare)
{
    /// <summary><c>none</c>, <c>noticeable</c> or <c>large</c>, by the thresholds of <see cref="PopulationStability"/>; none where so few rows may have that index by chance.</summary>
    public string Level => Index <= ByChance ? "none" : Index switch
    {
        >= PopulationStability.Large => "large",
        >= PopulationStability.Noticeable => "noticeable",
        _ => "none",
    };
}
