using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>
/// Forecasts one series by singular spectrum analysis (Golyandina and Korobeynikov 2012, arXiv:1206.6910): windows of the series are
/// split into components, of which the first are the signal; the signal follows a linear recursion, which is continued.
/// <list type="table">
/// <listheader><term>parameter</term><description>range and default</description></listheader>
/// <item><term>windowSize</term><description>2 or more; at least a season, better twice the longest one</description></item>
/// <item><term>seriesLength</term><description>above windowSize; the observations that an adaptive model is trained on anew</description></item>
/// <item><term>trainSize</term><description>above twice windowSize; the rows that it is trained on, from the first</description></item>
/// <item><term>horizon</term><description>1 or more</description></item>
/// <item><term>rank, maxRank</term><description>from 1 to windowSize − 1; by default windowSize − 1</description></item>
/// <item><term>discountFactor</term><description>from 0 to 1; 1: how much less than the next a window counts when an adaptive model is trained anew</description></item>
/// <item><term>confidenceLevel</term><description>from 0 on and below 1; 0.95</description></item>
/// </list>
/// The column is <see cref="float"/>; NaN is a gap. Training takes windowSize² · (windowSize + rows) steps, an observation windowSize · rank.
/// </summary>
public sealed class SsaForecastingEstimator : IEstimator<SsaForecastingTransformer>
{
    private readonly TrainingEnvironment _environment;
    private readonly SsaForecastingOptions _options;

    internal SsaForecastingEstimator(TrainingEnvironment environment, SsaForecastingOptions options) => (_environment, _options) = (environment, options.Checked());

    /// <summary>Trains on the first rows.</summary>
    /// <exception cref="ArgumentException">The column has too few values, or an infinite one.</exception>
    public SsaForecastingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column source = SeriesColumn.Require(input.Schema, _options.Input, SsaForecastingTransformer.StepName);
        SsaSeries series = SsaTraining.Run(input, source, _options.TrainSize, _options.ToSettings(), _options.IsAdaptive ? _options.SeriesLength : 0, _environment, out SsaModelInfo? info);
        return new SsaForecastingTransformer(_options, series, info);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SeriesColumn.Require(inputSchema, _options.Input, SsaForecastingTransformer.StepName);
        var kind = _options.VariableHorizon ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector;
        string[] names = _options.HasBounds ? [_options.Output, _options.LowerBound!, _options.UpperBound!] : [_options.Output];
        return inputSchema.With(names.Select(name => new SchemaShape.Column(name, kind, NumberDataViewType.Single, isKey: false)));
    }
}
