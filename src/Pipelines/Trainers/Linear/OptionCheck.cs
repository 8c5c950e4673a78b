namespace MLPipelines.Trainers;

/// <summary>Ranges of options; an option out of its range is an error that names it.</summary>
internal static class OptionCheck
{
    internal static void NotBelowZero(float value, string name)
    {
        if (!(value >= 0) || !float.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, $"{name} is a number of at least 0.");
    }

    internal static void AboveZero(float value, string name)
    {
        if (!(value > 0) || !float.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, $"{name} is a number above 0.");
    }

    internal static void AboveZero(int value, string name)
    {
        if (value <= 0) throw new ArgumentOutOfRangeException(name, value, $"{name} is a whole number above 0.");
    }

    internal static void Between(int low, int value, int high, string name)
    {
        if (value < low || value > high) throw new ArgumentOutOfRangeException(name, value, $"{name} is a whole number between {low} and {high}.");
    }

    internal static void Share(double value, string name)
    {
        if (!(value is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, value, $"{name} is a number between 0 and 1.");
    }
}
