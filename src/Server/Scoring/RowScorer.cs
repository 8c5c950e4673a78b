using MLPipelines.Data;
using MLPipelines.Scenarios.TextGeneration;
using MLPipelines.TimeSeries;

namespace MLPipelines.Server;

/// <summary>Scores rows of a model: opens its chain once per thread that scores at the same time, and uses that again and again.</summary>
internal sealed class RowScorer
{
    private static readonly string[] Usual = [ScoreColumns.PredictedLabel, ScoreColumns.Score, ScoreColumns.Probability, TextGenerationTransformer.GeneratedTextColumn];

    private readonly WorkspacePool<ScoringRows> _pool;

    internal RowScorer(ServedModel model, ITransformer transformer, DataViewSchema output)
    {
        (Model, Transformer) = (model, transformer);
        DataViewSchema input = model.InputSchema;
        DataViewSchema.Column[] usual = [.. output.Where(column => !column.IsHidden && (Usual.Contains(column.Name) || ModelKinds.IsAlerts(column)))];
        Outputs = usual.Length > 0 ? usual : [.. output.Where(column => !column.IsHidden && column.Index >= input.Count)];
        OutputIndices = [.. Outputs.Select(column => column.Index)];
        _pool = new WorkspacePool<ScoringRows>(() => new ScoringRows(this, transformer, input));
        ScoringRows first = _pool.Take();
        InputIndices = [.. first.Needed];
        Inputs = ModelInput.Of(input, InputIndices);
        _pool.Return(first);
    }

    internal ServedModel Model { get; }

    internal ITransformer Transformer { get; }

    internal IReadOnlyList<ModelInput> Inputs { get; }

    internal IReadOnlyList<DataViewSchema.Column> Outputs { get; }

    internal int[] InputIndices { get; }

    internal int[] OutputIndices { get; }

    /// <summary>What scores the rows of a model: most often the model itself; <see langword="null"/> where it scores none.</summary>
    internal static ITransformer? RowsOf(ITransformer model, ModelKind kind) => kind switch
    {
        ModelKind.FinancialForecasting => null,
        ModelKind.Forecasting when ITransformerChain.Flatten(model).First() is SeriesForecastingTransformer { HasTimes: true } forecaster => forecaster.AtRows(ForecastNames[0], ForecastNames[1], ForecastNames[2]),
        _ => model,
    };

    /// <summary>What the forecast at a row and its bounds are called.</summary>
    internal static string[] ForecastNames { get; } = ["forecast", "lower", "upper"];

    internal ScoringRows Rent()
    {
        ScoringRows rows = _pool.Take();
        rows.Clear();
        return rows;
    }

    internal void Return(ScoringRows rows) => _pool.Return(rows);
}
