using System.Numerics.Tensors;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Cli.Explaining;

/// <summary>What one row's columns contribute to the score of what was predicted for it.</summary>
/// <param name="Row">The number of the row in the file, from 1.</param>
/// <param name="Prediction">The label or the number.</param>
/// <param name="Base">What the contributions are added to.</param>
/// <param name="Contributions">One per name of the <see cref="FeatureSources"/>; valid until the next row.</param>
internal readonly record struct ExplainedRow(long Row, string Prediction, double Base, double[] Contributions)
{
    /// <summary>What the model sums before it makes a probability or another mean of it.</summary>
    internal double Score => Base + Contributions.Sum();
}

/// <summary>Explains the rows of a view one after the other.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">Rows as the model reads them.</param>
/// <param name="sources">Which column each feature comes from.</param>
internal sealed class RowExplainer(ExplainedModel model, IDataView rows, FeatureSources sources)
{
    /// <param name="others">Columns of <paramref name="rows"/> that the caller reads as well.</param>
    /// <param name="onRow">Gets each row, with the batch that it is in and its place there.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal long ForEach(IReadOnlyList<string> others, Action<ExplainedRow, Batch, int> onRow, CancellationToken cancellation)
    {
        FeatureContributionCalculator calculator = model.Contributions!;
        ContributionKernel kernel = calculator.CreateKernel();
        BatchView scored = BatchView.Of(model.Chain.Transform(rows));
        int features = scored.Schema[model.FeatureColumn].Index, score = scored.Schema["Score"].Index, size = calculator.FeatureCount;
        string[]? labels = scored.Schema["Score"].SlotNamesOrNull();
        int? predicted = scored.Schema.GetColumnOrNull("PredictedLabel") is { Type: BooleanDataViewType } column ? column.Index : null;
        float[] contributions = new float[calculator.BaseScores.Count * size];
        double[] sums = new double[sources.Names.Count];
        int[] needed = [features, score, .. predicted is { } label ? [label] : Array.Empty<int>(), .. others.Select(name => scored.Schema[name].Index)];
        long count = 0;
        using BatchCursor cursor = scored.OpenBatches(ColumnSet.Of(scored.Schema, needed));
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var vectors = (VectorColumn<float>)batch[features];
            for (int row = 0; row < batch.RowCount; row++)
            {
                kernel(vectors[row], contributions);
                int output = batch[score] is VectorColumn<float> scores ? TensorPrimitives.IndexOfMax(scores[row].Values) : 0;
                sources.Sum<float>(contributions.AsSpan(output * size, size), sums);
                string prediction = batch[score] is ValueColumn<float> number
                    ? predicted is { } truth ? ((ValueColumn<bool>)batch[truth]).Values[row] ? "true" : "false" : number.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : labels?[output] ?? output.ToString(System.Globalization.CultureInfo.InvariantCulture);
                onRow(new ExplainedRow(++count, prediction, calculator.BaseScores[output], sums), batch, row);
            }
        }
        return count;
    }
}
