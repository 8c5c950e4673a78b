using MLPipelines.TimeSeries;

namespace MLPipelines.Programs;

/// <summary>A labelled series of the Numenta Anomaly Benchmark.</summary>
/// <param name="Path">Its folder and file, such as <c>realTraffic/speed_7578.csv</c>.</param>
internal sealed record NabFile(string Path, double[] Values, IReadOnlyList<AnomalyWindow> Windows)
{
    internal string Folder => Path[..Path.IndexOf('/')];
}
