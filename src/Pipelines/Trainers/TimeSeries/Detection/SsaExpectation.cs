using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>Scores an observation by how far it is from what singular spectrum analysis expects.</summary>
internal sealed class SsaExpectation(int window, ErrorFunction error, SsaSeries series)
{
    internal SsaExpectation Copy() => new(window, error, series.Copy());

    /// <summary>The signal is sought among half of the components, and not stabilized: only the next step is asked for.</summary>
    internal static SsaSettings Settings(int window) => new(window, RankSelectionMethod.Exact, 0, Math.Max(1, window / 2), Stabilizes: false);

    internal double Score(float value, bool isEngine)
    {
        // As in ML.NET, an engine has taken in an observation before it is asked of it, and compares it with what is expected after it.
        if (isEngine) series.Observe(value);
        double expected = series.Next;
        if (!isEngine) series.Observe(value);
        return error switch
        {
            ErrorFunction.SignedDifference => value - expected,
            ErrorFunction.AbsoluteDifference => Math.Abs(value - expected),
            ErrorFunction.SignedProportion => expected == 0 ? 0 : (value - expected) / expected,
            ErrorFunction.AbsoluteProportion => expected == 0 ? 0 : Math.Abs((value - expected) / expected),
            _ => (value - expected) * (value - expected),
        };
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("window", window);
        writer.Set("error", error.ToString());
        series.Save(writer);
    }

    internal static SsaExpectation Load(ModelStepReader reader)
    {
        int window = reader.GetInt32("window");
        if (window < 2 || !Enum.TryParse(reader.GetString("error"), out ErrorFunction error)) throw reader.Invalid("its window or error function is none that this version knows");
        return new(window, error, SsaSeries.Load(reader, Settings(window)));
    }
}
