namespace MLPipelines.Data;

/// <summary>How the range of probabilities is cut into bins.</summary>
public enum CalibrationBinning
{
    /// <summary>Bins of the same width from 0 to 1; a probability on a border belongs to the lower bin.</summary>
    Uniform,

    /// <summary>Borders at the quantiles of the probabilities, so that bins have about the same number of rows.</summary>
    Quantile,
}

/// <summary>Whether probabilities come true: of the rows given a probability of 0.8, are about 80 % as predicted?</summary>
/// <remarks>
/// Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning" (2015); Guo et al., "On Calibration
/// of Modern Neural Networks" (2017), section 2. Both errors depend on the bins, and few rows make them look larger than they are.
/// </remarks>
public sealed class CalibrationMetrics
{
    internal CalibrationMetrics(IReadOnlyList<CalibrationBin> curve, double brierScore)
    {
        (Curve, BrierScore) = (curve, brierScore);
        double weight = curve.Sum(bin => bin.Weight);
        ExpectedCalibrationError = curve.Sum(bin => bin.Weight / weight * bin.Gap);
        MaximumCalibrationError = curve.Max(bin => bin.Gap);
    }

    /// <summary>The calibration curve (reliability diagram): the bins that have rows, by rising probability.</summary>
    public IReadOnlyList<CalibrationBin> Curve { get; }

    /// <summary>The mean distance between the probabilities and the shares that came true, over the rows; 0 to 1, lower is better.</summary>
    public double ExpectedCalibrationError { get; }

    /// <summary>The largest of these distances.</summary>
    public double MaximumCalibrationError { get; }

    /// <summary>The mean squared distance of the probability from 1 where it came true and from 0 where not; lower is better.</summary>
    public double BrierScore { get; }
}

/// <summary>Rows of about the same probability.</summary>
/// <param name="MeanProbability">The mean of their probabilities.</param>
/// <param name="Share">The share of them that are as predicted.</param>
/// <param name="Weight">How many rows, or what they weigh.</param>
public sealed record CalibrationBin(double MeanProbability, double Share, double Weight)
{
    /// <summary>How far the two are apart.</summary>
    public double Gap => Math.Abs(MeanProbability - Share);
}
