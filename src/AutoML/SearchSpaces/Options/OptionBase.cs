namespace MLPipelines.SearchSpace.Option;

/// <summary>
/// What a search may set, seen as coordinates: every point of the unit cube of <see cref="FeatureSpaceDim"/> dimensions is
/// a value, and every value has such a point.
/// </summary>
public abstract class OptionBase
{
    /// <summary>How many coordinates a value has; 0 when there is nothing to choose.</summary>
    public abstract int FeatureSpaceDim { get; }

    /// <summary>The coordinates of the value that a search starts at.</summary>
    public virtual double[]? Default { get; protected set; }

    /// <summary>Per coordinate the number of distinct values, or <see langword="null"/> for a range of numbers.</summary>
    public abstract int?[] Step { get; }

    /// <summary>The value at coordinates, each in [0, 1].</summary>
    public abstract Parameter SampleFromFeatureSpace(double[] values);

    /// <summary>The coordinates of a value, each in [0, 1].</summary>
    public abstract double[] MappingToFeatureSpace(Parameter value);
}
