using MLPipelines;
using MLPipelines.Scenarios.TabularPrediction;

namespace Snippets;

/// <summary>The code of src/Scenarios/TabularPrediction/README.md.</summary>
internal static class TabularPredictionSnippet
{
    internal static ITransformer Run(IDataView data)
    {
        var context = new MLContext(seed: 1);
        var result = new TabularPredictionTrainer(context, TabularTask.Classification, new TabularPredictionOptions { LabelColumn = "Churn" }).Train(data);
        context.Model.Save(result.Model, data.Schema, "churn.zip");
        return context.Model.Load("churn.zip", out _);
    }
}
