using MLPipelines.Data;
using MLPipelines.SearchSpace;
using static MLPipelines.AutoML.CSharpExpression;

namespace MLPipelines.AutoML;

/// <summary>The chain of the winner: features and trainer of each of its members, one after the other, and what makes one prediction of theirs.</summary>
internal sealed class WinnerModel
{
    private const string Original = "Original.";

    private readonly List<ITransformer> _transformers = [];
    private readonly List<ChainStep> _steps = [];
    private IDataView _rows;

    private WinnerModel(IDataView rows) => _rows = rows;

    internal ITransformer Model => new TransformerChain<ITransformer>(_transformers);

    /// <summary>The estimators behind it, as code.</summary>
    internal IReadOnlyList<ChainStep> Steps => _steps;

    /// <summary>Learns from all rows; <see langword="null"/> when the time is up before that is done.</summary>
    internal static WinnerModel? Learn(TableTrialRunner runner, PreparedTable table, IReadOnlyList<BlendMember> members, SearchClock clock, CancellationToken user)
    {
        if (user.IsCancellationRequested) return null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(user);
        // What was foretold may be a little short.
        if (clock.Remaining is { TotalDays: < 24 } left) stop.CancelAfter(TimeSpan.FromSeconds(Math.Max(0.05, left.TotalSeconds) * 1.02 + 0.02));
        var winner = new WinnerModel(table.Rows);
        try
        {
            // Members with the same features follow each other, and share them.
            var ordered = members.Select(member => (Member: member, Cut: runner.Cut(member.Settings))).OrderBy(part => FeatureCache.KeyOf(-1, 1, part.Cut.Featurizing), StringComparer.Ordinal).ToArray();
            var learned = new (TableFeatures Features, ITransformer Model)[ordered.Length];
            Parallel.For(0, ordered.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, 4) },
                i => learned[i] = runner.LearnFromAll(ordered[i].Member.Settings, stop.Token));
            var sources = new List<string>();
            string[] replaced = Replaced(table.Rows, learned.Select(part => part.Features).Distinct());
            MLContext context = runner.NewContext(CancellationToken.None);
            if (replaced.Length > 0) winner.Copy(context, replaced, name => Original + name, name => name);
            for (int i = 0; i < ordered.Length; i++)
            {
                bool isSame = i > 0 && learned[i].Features == learned[i - 1].Features;
                if (!isSame && i > 0 && replaced.Length > 0) winner.Copy(context, replaced, name => name, name => Original + name);
                if (!isSame) winner.Add(ordered[i].Cut.Featurizing, learned[i].Features.Transformers);
                winner.Add(ordered[i].Cut.Learning, [learned[i].Model]);
                sources.Add(ordered.Length == 1 ? winner.PredictionColumn(table) : winner.Keep(runner, winner.PredictionColumn(table), i));
            }
            winner.Finish(runner, table, sources, [.. ordered.Select(part => part.Member.Weight)]);
            return winner;
        }
        catch (Exception e) when (stop.IsCancellationRequested && e.GetBaseException() is OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The columns of the table that features take the places of, where there are several kinds of features: each has to begin with the columns as they were.</summary>
    private static string[] Replaced(IDataView rows, IEnumerable<TableFeatures> features)
    {
        DataViewSchema[] schemas = [.. features.Select(kind => new TransformerChain<ITransformer>(kind.Transformers).GetOutputSchema(rows.Schema))];
        if (schemas.Length < 2) return [];
        return [.. schemas.SelectMany(schema => schema.Skip(rows.Schema.Count).Select(column => column.Name)).Distinct().Where(name => rows.Schema.GetColumnOrNull(name) is not null).Order(StringComparer.Ordinal)];
    }

    private void Copy(MLContext context, string[] names, Func<string, string> to, Func<string, string> from)
    {
        foreach (string name in names) Copy(context, to(name), from(name));
    }

    private void Copy(MLContext context, string to, string from) =>
        Add(context, c => c.Transforms.CopyColumns(to, from), $"mlContext.Transforms.CopyColumns({Literal(to)}, {Literal(from)})");

    /// <summary>The model that a trial learned itself.</summary>
    internal static WinnerModel OfTrial(TableTrialRunner runner, PreparedTable table, TrialResult trial)
    {
        var (featurizing, learning) = runner.Cut(trial.TrialSettings);
        var winner = new WinnerModel(table.Rows);
        winner.Add([.. featurizing, .. learning], [trial.Model ?? throw new MLPipelinesException("There was no time to learn the model of the best trial, which another process ran.")]);
        winner.Finish(runner, table, [winner.PredictionColumn(table)], [1]);
        return winner;
    }

    /// <summary>The columns that predictions are made from.</summary>
    internal IReadOnlyList<string> InputColumns(DataViewSchema schema)
    {
        var probe = new FilledView(schema);
        BatchView output = BatchView.Of(Model.Transform(probe));
        output.OpenBatches(ColumnSet.Of(output.Schema, output.Schema[ScoreColumns.Score].Index)).Dispose();
        return [.. probe.Needed.Select(index => schema[index].Name)];
    }

    private void Add(IReadOnlyList<(SweepableEstimator Estimator, Parameter Options)> steps, IReadOnlyList<ITransformer> transformers)
    {
        foreach (var (estimator, options) in steps) _steps.Add(new ChainStep(context => estimator.BuildFromOption(context, options), estimator.Code?.Invoke(options)));
        foreach (ITransformer transformer in transformers) Apply(transformer);
    }

    private void Add(MLContext context, Func<MLContext, IEstimator<ITransformer>> create, string code)
    {
        _steps.Add(new ChainStep(create, code));
        Apply(create(context).Fit(_rows));
    }

    private void Apply(ITransformer transformer)
    {
        _transformers.Add(transformer);
        _rows = transformer.Transform(_rows);
    }

    /// <summary>The column that tells most of the member that was added last.</summary>
    private string PredictionColumn(PreparedTable table) =>
        table.All.ScoreCount == 2 && _rows.Schema[ScoreColumns.Score].Type is not VectorDataViewType ? ScoreColumns.Probability : ScoreColumns.Score;

    /// <summary>Keeps a column under a name of its own, before the next member replaces it.</summary>
    private string Keep(TableTrialRunner runner, string column, int member)
    {
        string kept = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Prediction{member}");
        Copy(runner.NewContext(CancellationToken.None), kept, column);
        return kept;
    }

    private void Finish(TableTrialRunner runner, PreparedTable table, List<string> sources, IReadOnlyList<double> weights)
    {
        MLContext context = runner.NewContext(CancellationToken.None);
        bool isOfClasses = table.All.Task == AutoMLTask.Classification;
        if (sources.Count > 1 || sources[0] == ScoreColumns.Probability)
        {
            string? label = isOfClasses ? table.Label.Column : null;
            string labelCode = label is null ? "" : $", {Literal(label)}";
            Add(context, c => c.Transforms.BlendPredictions([.. sources], weights, label),
                $"mlContext.Transforms.BlendPredictions(new[] {{ {string.Join(", ", sources.Select(Literal))} }}, new double[] {{ {string.Join(", ", weights.Select(weight => Literal(weight)))} }}{labelCode})");
            // The blend has a Score of its own; a Probability beside it is that of one member.
            IEnumerable<string> probability = isOfClasses && _rows.Schema.GetColumnOrNull(ScoreColumns.Probability) is not null ? [ScoreColumns.Probability] : [];
            string[] parts = [.. sources.Concat(probability).Distinct().Where(source => source != ScoreColumns.Score)];
            if (parts.Length > 0) Add(context, c => c.Transforms.DropColumns(parts), $"mlContext.Transforms.DropColumns({string.Join(", ", parts.Select(Literal))})");
        }
        if (isOfClasses && _rows.Schema[ScoreColumns.PredictedLabel].Type is KeyDataViewType)
            Add(context, c => c.Transforms.Conversion.MapKeyToValue(ScoreColumns.PredictedLabel), $"mlContext.Transforms.Conversion.MapKeyToValue({Literal(ScoreColumns.PredictedLabel)})");
    }
}
