namespace MLPipelines.Neural.Training;

/// <summary>Checks that options are in their ranges.</summary>
internal static class OptionRange
{
    /// <exception cref="ArgumentOutOfRangeException">The value is less.</exception>
    internal static void AtLeast(int? value, int least, string name)
    {
        if (value < least) throw new ArgumentOutOfRangeException(name, value, $"{name} is at least {least}.");
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is less, more, or no number.</exception>
    internal static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most)) throw new ArgumentOutOfRangeException(name, value, $"{name} is a number from {least} to {most}.");
    }
}
