namespace MLPipelines.Trainers;

/// <summary>Has a logistic regression compute how certain its weights are.</summary>
public abstract class ComputeLogisticRegressionStandardDeviation
{
    private protected ComputeLogisticRegressionStandardDeviation() { }
}

/// <summary>Computes standard errors from the curvature of the objective at the optimum. The name is that of ML.NET's class; nothing native is behind it.</summary>
/// <remarks>
/// Variances are the diagonal of A⁻¹ X'QX A⁻¹ with A = X'QX + l2, the bias excepted, where Q has weight · p (1 − p) for each example
/// and features whose weight is 0 are left out. Memory: half a number in double precision per pair of features.
/// </remarks>
public sealed class ComputeLRTrainingStdThroughMkl : ComputeLogisticRegressionStandardDeviation;
