using MLPipelines.Drift;

namespace MLPipelines.Cli.Train;

/// <summary>Sketches what a model learned from, and what it predicts.</summary>
internal static class TrainedProfile
{
    private const int PredictedRows = 2000;

    private static readonly string[] Outputs = ["PredictedLabel", "Score", "Probability"];

    internal static DataProfile Of(MLContext context, TrainingSummary summary)
    {
        TrainingData data = summary.Data;
        var inputs = DataProfile.Sketch(data.Rows, summary.Learned.Columns ?? data.Columns);
        ITransformer model = summary.Learned.Model;
        if (!model.IsRowToRowMapper) return new DataProfile { Inputs = inputs };
        // Rows that it did not learn from tell better how sure it is of new ones.
        IDataView predicted = model.Transform(Some(context, data.Test ?? data.Rows, data.Test is null ? summary.TrainRows : summary.Evaluation?.Rows));
        return new DataProfile
        {
            Inputs = inputs,
            Outputs = DataProfile.Sketch(predicted, Outputs.Where(name => predicted.Schema.GetColumnOrNull(name) is not null)),
            OutputsOf = data.Test is null ? "training" : "test",
        };
    }

    /// <summary>Rows from all over the data, the same every time.</summary>
    private static IDataView Some(MLContext context, IDataView rows, long? count)
    {
        double share = PredictedRows / (double)(rows.GetRowCount() ?? count ?? PredictedRows);
        return share < 1 ? context.Data.TrainTestSplit(rows, share, seed: 1).TestSet : context.Data.TakeRows(rows, PredictedRows);
    }
}
