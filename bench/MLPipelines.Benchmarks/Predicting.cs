using BenchmarkDotNet.Attributes;

namespace MLPipelines.Benchmarks;

/// <summary>One prediction: a different text each time, on one thread.</summary>
[MemoryDiagnoser]
public class Predicting
{
    private LabelledText[] _texts = [];
    private Dictionary<string, object?>[] _rows = [];
    private PredictionEngine<LabelledText, Prediction> _engine = null!;
    private RowPredictionEngine _rowEngine = null!;
    private Prediction _reused = new();
    private int _next;

    [ParamsSource(nameof(Sets))]
    public string Set { get; set; } = "";

    public static IEnumerable<string> Sets => TextSet.Names;

    [GlobalSetup]
    public void Train()
    {
        var context = new MLContext(1);
        _texts = TextSet.Of(Set);
        var (model, schema) = TrainedModel.Train(context, _texts);
        _rows = [.. _texts.Select(text => new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(LabelledText.Text)] = text.Text })];
        _engine = context.Model.CreatePredictionEngine<LabelledText, Prediction>(model, schema);
        _rowEngine = context.Model.CreatePredictionEngine(model, schema);
        // One pass over all texts, so that every buffer has its final size.
        foreach (LabelledText text in _texts) _engine.Predict(text);
        foreach (var row in _rows) _rowEngine.Predict(row);
    }

    [Benchmark(Description = "PredictionEngine")]
    public Prediction Predict() => _engine.Predict(_texts[Next()]);

    [Benchmark(Description = "PredictionEngine, result reused")]
    public Prediction PredictInto()
    {
        _engine.Predict(_texts[Next()], ref _reused);
        return _reused;
    }

    [Benchmark(Description = "rows as names and values")]
    public IReadOnlyDictionary<string, object?> PredictRow() => _rowEngine.Predict(_rows[Next()]);

    private int Next() => _next = _next + 1 < _texts.Length ? _next + 1 : 0;

    /// <summary>What is read from the model: the label and the probability of each.</summary>
    public sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
