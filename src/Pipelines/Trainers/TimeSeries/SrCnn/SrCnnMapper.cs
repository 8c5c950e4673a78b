using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Holds the last points of a series and judges the newest of them.</summary>
internal sealed class SrCnnMapper : SequentialMapper
{
    // A mean that is not above this is one of rounding.
    private const double Least = 1e-8;

    private static readonly string[] SlotNames = ["Alert", "Raw Score", "Mag"];

    private readonly int _source;
    private readonly InputOutputColumnPair _columns;
    private readonly SrCnnSettings _settings;
    private readonly SpectralResidual _residual;
    private readonly double[] _window;
    private readonly double[] _saliency;
    private int _count;

    internal SrCnnMapper(DataViewSchema input, int source, InputOutputColumnPair columns, SrCnnSettings settings, ReadOnlySpan<double> window)
        : base(input, [new AddedColumn(columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Double, SlotNames.Length), ColumnAnnotations.WithSlotNames(SlotNames))])
    {
        (_source, _columns, _settings, _count) = (source, columns, settings, window.Length);
        _residual = new SpectralResidual(settings.AveragingWindowSize, settings.LookaheadWindowSize, settings.BackAddWindowSize);
        (_window, _saliency) = (new double[settings.WindowSize], new double[settings.WindowSize]);
        window.CopyTo(_window);
    }

    internal override IReadOnlyList<int> Sources => [_source];

    internal override void Map(Batch rows, int row, BatchColumn[] outputs)
    {
        double value = ((ValueColumn<float>)rows[_source]).Values[row];
        Span<double> output = ((VectorColumn<double>)outputs[0]).AppendDense(SlotNames.Length);
        output.Clear();
        if (double.IsFinite(value)) Push(value);
        else
        {
            if (_count > 0) Push(_window[_count - 1]);
            output[1..].Fill(double.NaN);
            return;
        }
        if (_count < _window.Length) return;
        _residual.Find(_window, _saliency);
        double mean = 0;
        foreach (double saliency in _saliency.AsSpan(^_settings.JudgementWindowSize..)) mean += saliency;
        mean /= _settings.JudgementWindowSize;
        double score = Math.Abs(_saliency[^1] - mean) / Math.Max(mean, Least) / 10;
        output[0] = score > _settings.Threshold ? 1 : 0;
        output[1] = score;
        output[2] = _saliency[^1];
    }

    internal override SequentialTransformer ToTransformer() => new SrCnnAnomalyDetector(_columns, _settings, _window.AsSpan(0, _count).ToArray());

    private void Push(double value)
    {
        if (_count < _window.Length) _count++;
        else _window.AsSpan(1).CopyTo(_window);
        _window[_count - 1] = value;
    }
}
