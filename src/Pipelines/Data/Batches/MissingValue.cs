namespace MLPipelines.Data;

/// <summary>The value that stands for "missing" in a type: NaN for floating point, the default otherwise.</summary>
internal static class MissingValue
{
    internal static T Of<T>()
    {
        if (typeof(T) == typeof(float)) return (T)(object)float.NaN;
        if (typeof(T) == typeof(double)) return (T)(object)double.NaN;
        return default!;
    }
}
