namespace MLPipelines.SearchSpace.Option;

/// <summary>Values to choose among. They share the unit interval equally, in their order.</summary>
public sealed class ChoiceOption : OptionBase
{
    /// <param name="choices">Different values; a search starts at the first.</param>
    public ChoiceOption(params object[] choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Length == 0) throw new ArgumentException("A choice needs values.", nameof(choices));
        Choices = [.. choices.Select(ParameterValues.FromValue)];
        if (Choices.Distinct().Count() != Choices.Length) throw new ArgumentException($"The values of a choice differ; found {string.Join(", ", (object[])Choices)}.", nameof(choices));
        Default = FeatureSpaceDim == 0 ? [] : [0.0];
    }

    /// <inheritdoc cref="ChoiceOption(object[])"/>
    public ChoiceOption(object[] choices, object? defaultChoice) : this(choices)
    {
        if (defaultChoice is not null) Default = MappingToFeatureSpace(ParameterValues.FromValue(defaultChoice));
    }

    public Parameter[] Choices { get; }

    public override int FeatureSpaceDim => Choices.Length == 1 ? 0 : 1;

    public override int?[] Step => FeatureSpaceDim == 0 ? [] : [Choices.Length];

    public override double[] MappingToFeatureSpace(Parameter value)
    {
        int index = Array.IndexOf(Choices, value);
        if (index < 0) throw new ArgumentException($"Expected one of {string.Join(", ", (object[])Choices)}, found {value}.", nameof(value));
        return FeatureSpaceDim == 0 ? [] : [(double)index / Choices.Length];
    }

    public override Parameter SampleFromFeatureSpace(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (FeatureSpaceDim == 0 || values.Length == 0) return Choices[0];
        // The start of a value's share may be rounded to just below it.
        return Choices[Math.Clamp((int)Math.Floor(values[0] * Choices.Length + 1e-9), 0, Choices.Length - 1)];
    }
}
