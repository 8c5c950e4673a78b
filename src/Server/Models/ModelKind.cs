using MLPipelines.Data;
using MLPipelines.Recommendation;
using MLPipelines.Scenarios.FinancialForecasting;
using MLPipelines.Scenarios.TextGeneration;
using MLPipelines.TimeSeries;

namespace MLPipelines.Server;

/// <summary>What a model answers with.</summary>
public enum ModelKind
{
    /// <summary>Whatever columns it adds.</summary>
    Other,

    /// <summary>One of several labels, each with a probability: texts, pictures, tables.</summary>
    Classification,

    /// <summary>True or false.</summary>
    BinaryClassification,

    /// <summary>A number.</summary>
    Regression,

    /// <summary>A number that orders the rows of a group.</summary>
    Ranking,

    /// <summary>Whether a value of a series, or a row, is unusual.</summary>
    AnomalyDetection,

    /// <summary>What comes next in one or many series.</summary>
    Forecasting,

    /// <summary>A statement of the periods to come.</summary>
    FinancialForecasting,

    /// <summary>How much a user likes an item, and lists of items.</summary>
    Recommendation,

    /// <summary>What continues a prompt.</summary>
    TextGeneration,
}

/// <summary>Sees of a transformer which kind it is.</summary>
internal static class ModelKinds
{
    internal static ModelKind Of(ITransformer model, DataViewSchema output)
    {
        if (FinancialModel.Of(model) is not null) return ModelKind.FinancialForecasting;
        if (ITransformerChain.Flatten(model).ToList() is [var only])
        {
            if (only is SeriesForecastingTransformer) return ModelKind.Forecasting;
            if (only is Recommender) return ModelKind.Recommendation;
        }
        if (output.GetColumnOrNull(TextGenerationTransformer.GeneratedTextColumn) is { Type: TextDataViewType }) return ModelKind.TextGeneration;
        if (output.Any(IsAlerts)) return ModelKind.AnomalyDetection;
        return output.GetColumnOrNull(ScoreColumns.Score) is not { } score ? ModelKind.Other : KindOf(output, score);
    }

    /// <summary>Whether a column is what a detector says of a row: Alert first, then numbers.</summary>
    internal static bool IsAlerts(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Double) && column.SlotNamesOrNull() is ["Alert", ..];

    private static ModelKind KindOf(DataViewSchema output, DataViewSchema.Column score)
    {
        if (score.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single)) return score.HasSlotNames() ? ModelKind.Classification : ModelKind.Other;
        if (score.Type is not NumberDataViewType) return ModelKind.Other;
        string task = TaskOf(score);
        if (output.GetColumnOrNull(ScoreColumns.PredictedLabel)?.Type is BooleanDataViewType) return task.StartsWith("Anomaly", StringComparison.Ordinal) ? ModelKind.AnomalyDetection : ModelKind.BinaryClassification;
        return task == "Ranking" ? ModelKind.Ranking : ModelKind.Regression;
    }

    private static string TaskOf(DataViewSchema.Column score)
    {
        if (score.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnKind) is null) return "";
        ReadOnlyMemory<char> task = default;
        score.Annotations.GetValue(AnnotationKinds.ScoreColumnKind, ref task);
        return task.ToString();
    }
}
