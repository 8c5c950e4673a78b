namespace MLPipelines.TimeSeries;

/// <summary>A power transform of positive numbers.</summary>
/// <param name="Power">From 0, the logarithm, to 1.</param>
/// <param name="Unit">What values are measured in; above 0.</param>
internal readonly record struct BoxCoxTransform(double Power, double Unit = 1)
{
    internal double Apply(double value) => Power == 0 ? Math.Log(value / Unit) : (Math.Pow(value / Unit, Power) - 1) / Power;

    /// <summary>The way back; 0 for what no positive number becomes.</summary>
    internal double Undo(double value) => Unit * (Power == 0 ? Math.Exp(value) : Math.Pow(Math.Max(0, Power * value + 1), 1 / Power));
}
