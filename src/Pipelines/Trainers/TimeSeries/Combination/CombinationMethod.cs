namespace MLPipelines.TimeSeries;

/// <summary>The mean of the forecasts of several methods: a combination is seldom the best, and seldom far from it.</summary>
/// <remarks>Source: Bates and Granger, "The Combination of Forecasts" (1969).</remarks>
public sealed class CombinationMethod : ForecastMethod
{
    private readonly ForecastMethod[] _members;

    /// <param name="members">The methods; those that object to a series are left out of its combination.</param>
    /// <exception cref="ArgumentException">There are no members.</exception>
    public CombinationMethod(params IReadOnlyList<ForecastMethod> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0) throw new ArgumentException("A combination needs at least one method.", nameof(members));
        _members = [.. members];
    }

    public override string Name => "Combination";

    public override string? ObjectionTo(Series series)
    {
        string?[] objections = Array.ConvertAll(_members, member => member.ObjectionTo(series));
        return objections.Contains(null) ? null : objections[0];
    }

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        SeriesModel[] models = [.. _members.Where(member => member.ObjectionTo(series) is null).Select(member => member.Fit(series, environment))];
        return CombinationModel.Of(models, Enumerable.Repeat(1.0 / models.Length, models.Length).ToArray(), spread: 1);
    }
}
