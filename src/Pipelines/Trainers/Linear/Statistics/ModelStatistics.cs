namespace MLPipelines.Trainers;

/// <summary>How well a model fits what it was trained on.</summary>
public class ModelStatisticsBase
{
    internal ModelStatisticsBase(long trainingExampleCount, int parametersCount, float deviance, float nullDeviance) =>
        (TrainingExampleCount, ParametersCount, Deviance, NullDeviance) = (trainingExampleCount, parametersCount, deviance, nullDeviance);

    /// <summary>The number of examples whose weight is above 0.</summary>
    public readonly long TrainingExampleCount;

    /// <summary>Twice the sum of the log losses.</summary>
    public readonly float Deviance;

    /// <summary>The deviance of a model without weights, which gives every example the share of the positive ones.</summary>
    public readonly float NullDeviance;

    /// <summary>The number of weights that are not 0, and the bias.</summary>
    public readonly int ParametersCount;

    internal virtual void Save(ModelStepWriter writer)
    {
        writer.WriteArray<long>("examples", [TrainingExampleCount], 1);
        writer.Set("parameters", ParametersCount);
        writer.WriteArray<float>("deviances", [Deviance, NullDeviance], 2);
    }

    internal static ModelStatisticsBase Load(ModelStepReader reader, IReadOnlyList<float> weights, float bias)
    {
        long examples = reader.ReadArray<long>("examples", 1)[0];
        int parameters = reader.GetInt32("parameters");
        float[] deviances = reader.ReadArray<float>("deviances", 2);
        return reader.Has("certainty")
            ? new LinearModelParameterStatistics(examples, parameters, deviances[0], deviances[1], reader.ReadArray<float>("standard-errors", weights.Count + 1), weights, bias)
            : new ModelStatisticsBase(examples, parameters, deviances[0], deviances[1]);
    }
}

/// <summary>How certain the weights of a linear model are, besides how well it fits.</summary>
public sealed class LinearModelParameterStatistics : ModelStatisticsBase
{
    private readonly float[] _errors;
    private readonly IReadOnlyList<float> _weights;
    private readonly float _bias;

    /// <param name="trainingExampleCount">The number of examples.</param>
    /// <param name="parametersCount">The number of weights that are not 0, and the bias.</param>
    /// <param name="deviance">That of the model.</param>
    /// <param name="nullDeviance">That of a model without weights.</param>
    /// <param name="errors">The standard error of the bias, and then of each weight; NaN for those that are 0.</param>
    /// <param name="weights">One per feature.</param>
    /// <param name="bias">The bias.</param>
    internal LinearModelParameterStatistics(
        long trainingExampleCount, int parametersCount, float deviance, float nullDeviance, float[] errors, IReadOnlyList<float> weights, float bias)
        : base(trainingExampleCount, parametersCount, deviance, nullDeviance) => (_errors, _weights, _bias) = (errors, weights, bias);

    /// <summary>The statistics of the bias.</summary>
    public CoefficientStatistics GetBiasStatistics() => GetBiasStatisticsForValue(_bias);

    /// <summary>The statistics of the bias, were it another number.</summary>
    public CoefficientStatistics GetBiasStatisticsForValue(float bias) => new(0, bias, _errors[0]);

    /// <summary>The statistics of the weights that are not 0, those of the highest z-score first.</summary>
    /// <param name="paramCountCap">One more than how many are wanted at most.</param>
    public CoefficientStatistics[] GetWeightsCoefficientStatistics(int paramCountCap)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(paramCountCap);
        return [.. Enumerable.Range(0, _weights.Count)
            .Where(i => float.IsFinite(_errors[i + 1]))
            .Select(i => new CoefficientStatistics(i, _weights[i], _errors[i + 1]))
            .OrderByDescending(statistics => statistics.ZScore)
            .Take(Math.Max(0, paramCountCap - 1))];
    }

    internal override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("certainty", value: true);
        writer.WriteArray<float>("standard-errors", _errors, _errors.Length);
    }
}

/// <summary>How certain one weight is.</summary>
public sealed class CoefficientStatistics
{
    internal CoefficientStatistics(int index, float estimate, float standardError)
    {
        (Index, Estimate, StandardError, ZScore) = (index, estimate, standardError, estimate / standardError);
        PValue = (float)(2 * NormalDistribution.Cumulative(-Math.Abs(ZScore)));
    }

    /// <summary>The weight.</summary>
    public readonly float Estimate;

    /// <summary>Its standard error.</summary>
    public readonly float StandardError;

    /// <summary>The weight in standard errors.</summary>
    public readonly float ZScore;

    /// <summary>How likely a z-score is that is at least so far from 0, if the true weight were 0.</summary>
    public readonly float PValue;

    /// <summary>The slot of the feature; 0 for the bias.</summary>
    public readonly int Index;
}
