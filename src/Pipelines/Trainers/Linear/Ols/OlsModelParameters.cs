namespace MLPipelines.Trainers;

/// <summary>A linear model of a number by least squares, with how well it fits and how certain its weights are.</summary>
public sealed class OlsModelParameters : RegressionModelParameters
{
    private readonly OlsFit _fit;

    internal OlsModelParameters(float[] weights, float bias, OlsFit fit) : base(weights, bias) => _fit = fit;

    public override string TypeId => "ordinary-least-squares";

    /// <summary>R²: the share of the labels' variance that the model explains. NaN where all labels are the same.</summary>
    public double RSquared => _fit.RSquared;

    /// <summary>R² with the number of parameters allowed for. NaN where there are not more examples than parameters.</summary>
    public double RSquaredAdjusted => _fit.RSquaredAdjusted;

    /// <summary>Whether there are statistics per parameter: not where they were not asked for, or there are not more examples than parameters.</summary>
    public bool HasStatistics => _fit.Statistics is not null;

    /// <summary>The standard error of the bias, and then of each weight; NaN for a weight that depends on others. <see langword="null"/> without <see cref="HasStatistics"/>.</summary>
    public IReadOnlyList<double>? StandardErrors => _fit.Statistics?.StandardErrors;

    /// <summary>The bias and each weight in standard errors. <see langword="null"/> without <see cref="HasStatistics"/>.</summary>
    public IReadOnlyList<double>? TValues => _fit.Statistics?.TValues;

    /// <summary>How likely a t value is that is at least so far from 0, if the true weight were 0 and the noise normal. <see langword="null"/> without <see cref="HasStatistics"/>.</summary>
    public IReadOnlyList<double>? PValues => _fit.Statistics?.PValues;

    public override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        // Some may be NaN: arrays can hold it.
        writer.WriteArray<double>("fit", [_fit.ResidualSum, _fit.RSquared, _fit.RSquaredAdjusted], 3);
        writer.Set("statistics", HasStatistics);
        if (_fit.Statistics is not { } statistics) return;
        writer.WriteArray<double>("standard-errors", statistics.StandardErrors, statistics.StandardErrors.Length);
        writer.WriteArray<double>("t-values", statistics.TValues, statistics.TValues.Length);
        writer.WriteArray<double>("p-values", statistics.PValues, statistics.PValues.Length);
    }

    internal static OlsModelParameters Load(ModelStepReader reader)
    {
        var (weights, bias) = Read(reader);
        double[] fit = reader.ReadArray<double>("fit", 3);
        int count = weights.Length + 1;
        OlsStatistics? statistics = !reader.GetBoolean("statistics") ? null
            : new(reader.ReadArray<double>("standard-errors", count), reader.ReadArray<double>("t-values", count), reader.ReadArray<double>("p-values", count));
        return new OlsModelParameters(weights, bias, new OlsFit(fit[0], fit[1], fit[2], statistics));
    }
}
