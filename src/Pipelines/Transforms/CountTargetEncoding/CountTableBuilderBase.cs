namespace MLPipelines.Transforms;

/// <summary>How the labels of each category are counted. All categories that occur are counted exactly.</summary>
public sealed class CountTableBuilderBase
{
    private CountTableBuilderBase(float garbageThreshold) => GarbageThreshold = garbageThreshold;

    internal float GarbageThreshold { get; }

    /// <summary>Counts, for the API's sake, without a sketch: a table of what occurs needs less memory than one with several hashes.</summary>
    /// <param name="depth">How many hashes a sketch would have; 1 to 100.</param>
    /// <param name="width">How many places a sketch would have.</param>
    public static CountTableBuilderBase CreateCMCountTableBuilder(int depth = 4, int width = 1 << 23)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 100);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return new(0);
    }

    /// <summary>Counts, with rare categories taken together.</summary>
    /// <param name="garbageThreshold">Categories that occur so often or less are taken together; 0 for none.</param>
    public static CountTableBuilderBase CreateDictionaryCountTableBuilder(float garbageThreshold = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(garbageThreshold);
        return new(garbageThreshold);
    }
}
