using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Finds anomalies point by point; see <see cref="SrCnnAnomalyEstimator"/>.</summary>
public sealed class SrCnnAnomalyDetector : SequentialTransformer
{
    internal const string StepName = "srcnn-anomaly-detection";

    private readonly InputOutputColumnPair _columns;
    private readonly SrCnnSettings _settings;
    private readonly double[] _window;

    /// <param name="columns">The series, and what is found.</param>
    /// <param name="settings">Settings that were checked.</param>
    /// <param name="window">The points so far, oldest first; no more than the window has.</param>
    internal SrCnnAnomalyDetector(InputOutputColumnPair columns, SrCnnSettings settings, double[] window) =>
        (_columns, _settings, _window) = (columns, settings, window);

    public override string TypeId => StepName;

    internal override SequentialMapper CreateMapper(DataViewSchema input)
    {
        DataViewSchema.Column source = SeriesColumn.Require(input, _columns.InputColumnName, StepName);
        return new SrCnnMapper(input, source.Index, _columns, _settings, _window);
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("input", _columns.InputColumnName);
        writer.Set("output", _columns.OutputColumnName);
        _settings.Save(writer);
        writer.WriteArray<double>("points", _window, _window.Length);
    }

    internal static SrCnnAnomalyDetector Load(ModelStepReader reader)
    {
        var columns = new InputOutputColumnPair(reader.GetString("output"), reader.GetString("input"));
        SrCnnSettings settings = SrCnnSettings.Load(reader);
        double[] window = reader.ReadArray<double>("points", -1);
        return window.Length <= settings.WindowSize && Array.TrueForAll(window, double.IsFinite) ? new(columns, settings, window)
            : throw reader.Invalid($"its {window.Length} points are not finite numbers that fit the window of {settings.WindowSize}");
    }
}
