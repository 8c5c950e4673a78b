using System.Diagnostics;
using MLPipelines.Data;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>Runs the trials of an experiment over a table: features from the cache, then the trainer, on each part of the rows. Trials may run at the same time.</summary>
internal sealed class TableTrialRunner(int seed, PreparedTable table, SweepablePipeline pipeline, TableMetric metric) : ITrialRunner
{
    private readonly FeatureCache _features = new(table.TrainingRows);

    internal int Seed => seed;

    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct) => Task.FromResult<TrialResult>(Run(settings, ct));

    private TableTrialResult Run(TrialSettings settings, CancellationToken ct)
    {
        long start = Stopwatch.GetTimestamp();
        MLContext context = NewContext(ct);
        var (featurizing, learning) = Cut(settings);
        double share = TrialSample.ShareOf(settings);
        bool isOneFold = TrialSample.IsOneFold(settings);
        var scores = new List<float[]>();
        ITransformer? model = null;
        for (int part = 0; part < (isOneFold ? 1 : table.Parts.Count); part++)
        {
            TablePart rows = table.Parts[part];
            TableFeatures features = _features.Get(FeatureCache.KeyOf(part, share, featurizing),
                () => TableFeatures.Learn(context, featurizing, TrialSample.Take(context, rows.Train, share), rows.Test));
            ct.ThrowIfCancellationRequested();
            var learned = Learn(context, learning, features.Train);
            ct.ThrowIfCancellationRequested();
            scores.Add(Read(learned.Transform(features.Test!), rows.Answers));
            if (part == 0) model = new TransformerChain<ITransformer>([.. features.Transformers, learned]);
        }
        float[] all = scores.Count == 1 ? scores[0] : [.. scores.SelectMany(values => values)];
        ValidationRows answers = isOneFold ? table.Parts[0].Answers : table.All;
        var metrics = answers.Measure(context, all);
        double value = metrics[metric.Name];
        return new TableTrialResult
        {
            TrialSettings = settings,
            Model = model,
            Metrics = metrics,
            Scores = isOneFold && table.Parts.Count > 1 ? null : all,
            Metric = value,
            Loss = metric.Loss(value),
            DurationInMilliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
    }

    /// <summary>Learns the features of a trial, and then its trainer, from all rows.</summary>
    internal (TableFeatures Features, ITransformer Model) LearnFromAll(TrialSettings settings, CancellationToken ct)
    {
        MLContext context = NewContext(ct);
        var (featurizing, learning) = Cut(settings);
        TableFeatures features = _features.Get(FeatureCache.KeyOf(-1, 1, featurizing), () => TableFeatures.Learn(context, featurizing, table.Rows, test: null));
        return (features, Learn(context, learning, features.Train));
    }

    /// <summary>The steps of a trial before its trainer, and those from it on.</summary>
    internal (IReadOnlyList<(SweepableEstimator Estimator, Parameter Options)> Featurizing, IReadOnlyList<(SweepableEstimator Estimator, Parameter Options)> Learning) Cut(TrialSettings settings)
    {
        var steps = pipeline.Chosen(TrialDescription.PipelineOptions(pipeline, settings) ?? throw new MLPipelinesException("The trial has no options for the pipeline.")).ToArray();
        int trainer = Array.FindIndex(steps, step => step.Estimator.IsTrainer);
        return (steps[..trainer], steps[trainer..]);
    }

    internal MLContext NewContext(CancellationToken ct) => new(seed) { CancellationToken = ct };

    private static TransformerChain<ITransformer> Learn(MLContext context, IReadOnlyList<(SweepableEstimator Estimator, Parameter Options)> steps, IDataView rows)
    {
        var chain = new EstimatorChain<ITransformer>();
        foreach (var (estimator, options) in steps) chain = chain.Append(estimator.BuildFromOption(context, options));
        return chain.Fit(rows);
    }

    /// <summary>The predictions of scored rows: of classes one probability each, otherwise one score.</summary>
    internal static float[] Read(IDataView scored, ValidationRows answers)
    {
        BatchView view = BatchView.Of(scored);
        DataViewSchema.Column score = view.Schema[ScoreColumns.Score];
        if (score.Type is VectorDataViewType) return ((VectorColumn<float>)view.ReadColumns(score.Index)[0]).Values.ToArray();
        if (answers.ScoreCount == 1) return ((ValueColumn<float>)view.ReadColumns(score.Index)[0]).Values.ToArray();
        ReadOnlySpan<float> second = ((ValueColumn<float>)view.ReadColumns(view.Schema[ScoreColumns.Probability].Index)[0]).Values;
        float[] both = new float[2 * second.Length];
        for (int row = 0; row < second.Length; row++) (both[2 * row], both[(2 * row) + 1]) = (1 - second[row], second[row]);
        return both;
    }

    public void Dispose() { }
}

/// <summary>A trial over a table.</summary>
internal sealed class TableTrialResult : TrialResult
{
    internal required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Its predictions of all validation rows; <see langword="null"/> where it has not predicted all of them, or where they are not kept.</summary>
    internal float[]? Scores { get; set; }
}
