using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>
/// Takes in the observations of the rows, and adds to each row what is forecast after it, with bounds if they were asked for; see
/// <see cref="SsaForecastingEstimator"/>.
/// </summary>
public sealed class SsaForecastingTransformer : SequentialTransformer
{
    internal const string StepName = "ssa-forecasting";

    private readonly SsaForecastingOptions _options;
    private readonly SsaSeries _series;

    internal SsaForecastingTransformer(SsaForecastingOptions options, SsaSeries series, SsaModelInfo? info) => (_options, _series, Info) = (options, series, info);

    public override string TypeId => StepName;

    /// <summary>What training found out, where the estimator was told to keep it; it is not part of model files.</summary>
    public SsaModelInfo? Info { get; }

    public override void Save(ModelStepWriter writer)
    {
        _options.Save(writer);
        _series.Save(writer);
    }

    internal static SsaForecastingTransformer Load(ModelStepReader reader)
    {
        SsaForecastingOptions options = SsaForecastingOptions.Load(reader);
        return new SsaForecastingTransformer(options, SsaSeries.Load(reader, options.ToSettings()), null);
    }

    internal override SequentialMapper CreateMapper(DataViewSchema input) => CreateMapper(input, _options.VariableHorizon);

    // Nobody after it cares: other horizons may be asked for even if the model was not made for that.
    internal override SequentialMapper CreateFollower(DataViewSchema input, bool isLast) => CreateMapper(input, _options.VariableHorizon || isLast);

    private Mapper CreateMapper(DataViewSchema input, bool isVariable)
    {
        DataViewSchema.Column source = SeriesColumn.Require(input, _options.Input, StepName);
        var type = new VectorDataViewType(NumberDataViewType.Single, isVariable ? 0 : _options.Horizon);
        AddedColumn[] added = _options.HasBounds ? [new(_options.Output, type), new(_options.LowerBound!, type), new(_options.UpperBound!, type)] : [new(_options.Output, type)];
        return new Mapper(input, added, source.Index, this, isVariable);
    }

    private sealed class Mapper(DataViewSchema input, AddedColumn[] added, int source, SsaForecastingTransformer transformer, bool isVariable) : SequentialMapper(input, added)
    {
        private readonly SsaForecastingOptions _options = transformer._options;
        private readonly SsaSeries _series = transformer._series.Copy();
        private float[] _deviation = [];
        private (float Level, double Quantile) _width = (float.NaN, 0);

        internal override IReadOnlyList<int> Sources { get; } = [source];

        internal override void Map(Batch rows, int row, BatchColumn[] outputs) => Follow(rows, row, outputs, default);

        internal override void Follow(Batch rows, int row, BatchColumn[] outputs, ForecastRequest request)
        {
            _series.Observe(((ValueColumn<float>)rows[source]).Values[row]);
            Forecast(outputs, request);
        }

        internal override void Forecast(BatchColumn[] outputs, ForecastRequest request)
        {
            int horizon = request.Horizon ?? _options.Horizon;
            if (!isVariable && horizon != _options.Horizon)
            {
                throw new ArgumentOutOfRangeException(nameof(request), horizon,
                    $"Column '{_options.Output}' holds forecasts of {_options.Horizon} steps, on which the next step of the chain relies. Make the forecaster with variableHorizon: true.");
            }
            Span<float> mean = ((VectorColumn<float>)outputs[0]).AppendDense(horizon);
            if (!_options.HasBounds)
            {
                _series.Forecast(mean, default);
                return;
            }
            if (_deviation.Length < horizon) _deviation = new float[horizon];
            Span<float> deviation = _deviation.AsSpan(0, horizon);
            _series.Forecast(mean, deviation);
            double quantile = Quantile(request.ConfidenceLevel ?? _options.ConfidenceLevel);
            Span<float> lower = ((VectorColumn<float>)outputs[1]).AppendDense(horizon), upper = ((VectorColumn<float>)outputs[2]).AppendDense(horizon);
            for (int i = 0; i < horizon; i++) (lower[i], upper[i]) = ((float)(mean[i] - (quantile * deviation[i])), (float)(mean[i] + (quantile * deviation[i])));
        }

        internal override SequentialTransformer ToTransformer() => new SsaForecastingTransformer(_options, _series.Copy(), null);

        private double Quantile(float level)
        {
            if (level != _width.Level) _width = (level, NormalDistribution.Quantile(0.5 + (level / 2.0)));
            return _width.Quantile;
        }
    }
}
