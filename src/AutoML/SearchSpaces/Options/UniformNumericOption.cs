using System.Globalization;

namespace MLPipelines.SearchSpace.Option;

/// <summary>A range of numbers, on a plain or a logarithmic scale. Both ends are reached.</summary>
public abstract class UniformNumericOption : OptionBase
{
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="logBase">Whether equal ratios, not equal differences, are equally far apart.</param>
    /// <exception cref="ArgumentException">The range is empty, or logarithmic and not positive.</exception>
    protected UniformNumericOption(double min, double max, bool logBase = false)
    {
        if (!(max > min)) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"max must be larger than min; found {min} to {max}."), nameof(max));
        if (logBase && !(min > 0)) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A logarithmic range starts above 0; found {min}."), nameof(min));
        (Min, Max, LogBase) = (min, max, logBase);
        Default = [0.0];
    }

    public double Min { get; }

    public double Max { get; }

    public bool LogBase { get; }

    public override int FeatureSpaceDim => 1;

    public override int?[] Step => [null];

    public override double[] MappingToFeatureSpace(Parameter value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return [Position(value.AsType<double>())];
    }

    public override Parameter SampleFromFeatureSpace(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != 1) throw new ArgumentException($"A number has one coordinate; found {values.Length}.", nameof(values));
        return ToParameter(At(values[0]));
    }

    private protected abstract Parameter ToParameter(double value);

    private protected void StartAt(double? value)
    {
        if (value is { } start) Default = [Position(start)];
    }

    private double At(double position)
    {
        if (!(position is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(position), position, "A coordinate is from 0 to 1.");
        // The ends are exact, whatever the rounding between them.
        if (position is 0 or 1) return position == 0 ? Min : Max;
        return Math.Clamp(Rounded(LogBase ? Min * Math.Pow(Max / Min, position) : Min + (Max - Min) * position), Min, Max);
    }

    /// <summary>Seven digits, so that what was 0.1 before it was a coordinate is 0.1 again, and people can read it.</summary>
    private static double Rounded(double value)
    {
        if (value == 0) return 0;
        int digits = 6 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits is >= 0 and <= 15 ? Math.Round(value, digits) : double.Parse(value.ToString("E6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private double Position(double value)
    {
        if (!(value >= Min && value <= Max))
            throw new ArgumentOutOfRangeException(nameof(value), value, string.Create(CultureInfo.InvariantCulture, $"Expected a number from {Min} to {Max}."));
        double position = LogBase ? Math.Log(value / Min) / Math.Log(Max / Min) : (value - Min) / (Max - Min);
        return Math.Clamp(position, 0, 1);
    }
}

/// <summary>A range of <see cref="double"/>.</summary>
public sealed class UniformDoubleOption : UniformNumericOption
{
    /// <inheritdoc cref="UniformNumericOption(double, double, bool)"/>
    public UniformDoubleOption(double min, double max, bool logBase = false, double? defaultValue = null) : base(min, max, logBase) => StartAt(defaultValue);

    private protected override Parameter ToParameter(double value) => Parameter.FromDouble(value);
}

/// <summary>A range of <see cref="float"/>.</summary>
public sealed class UniformSingleOption : UniformNumericOption
{
    /// <inheritdoc cref="UniformNumericOption(double, double, bool)"/>
    public UniformSingleOption(float min, float max, bool logBase = false, float? defaultValue = null)
        : base(ParameterValues.Widen(min), ParameterValues.Widen(max), logBase) => StartAt(defaultValue is { } start ? ParameterValues.Widen(start) : null);

    private protected override Parameter ToParameter(double value) => Parameter.FromFloat((float)value);
}

/// <summary>A range of whole numbers; a coordinate stands for the nearest.</summary>
public sealed class UniformIntOption : UniformNumericOption
{
    /// <inheritdoc cref="UniformNumericOption(double, double, bool)"/>
    public UniformIntOption(int min, int max, bool logBase = false, int? defaultValue = null) : base(min, max, logBase) => StartAt(defaultValue);

    private protected override Parameter ToParameter(double value) => Parameter.FromInt((int)Math.Round(value));
}
