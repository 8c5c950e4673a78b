using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Benchmarks;

/// <summary>The text classifier whose use is measured: VectorizeText, LinearSvm, MapKeyToValue.</summary>
public static class TrainedModel
{
    /// <returns>The model, and the columns that it is applied to.</returns>
    public static (ITransformer Model, DataViewSchema InputSchema) Train(MLContext context, LabelledText[] texts)
    {
        IDataView rows = TextSet.Rows(context, texts);
        ITransformer model = context.Transforms.Text.VectorizeText("Features", new TextVectorizingOptions { LabelColumnName = "Label" }, nameof(LabelledText.Text))
            .Append(context.MulticlassClassification.Trainers.LinearSvm(options: new LinearSvmMulticlassOptions { PriorStrength = 0.05f }))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        var input = new DataViewSchema.Builder();
        input.AddColumn(nameof(LabelledText.Text), TextDataViewType.Instance);
        return (model, input.ToSchema());
    }
}
