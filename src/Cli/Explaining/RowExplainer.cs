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
        FeatureContributionCalculator[] calculators = [.. model.Parts.Select(part => ScoreContributions.Of(part.Model))];
        ContributionKernel[] kernels = [.. calculators.Select(calculator => calculator.CreateKernel())];
        float[][] contributions = [.. calculators.Select(calculator => new float[calculator.BaseScores.Count * calculator.FeatureCount])];
        BatchView scored = BatchView.Of(model.Chain.Transform(rows));
        int[] features = [.. model.Parts.Select(part => scored.Schema[part.FeatureColumn].Index)];
        var prediction = new PredictionText(scored.Schema);
        double[] sums = new double[sources.Names.Count];
        long count = 0;
        using BatchCursor cursor = scored.OpenBatches(ColumnSet.Of(scored.Schema, [.. features, .. prediction.Columns, .. others.Select(name => scored.Schema[name].Index)]));
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int row = 0; row < batch.RowCount; row++)
            {
                int output = prediction.OutputOf(batch, row);
                double start = 0;
                Array.Clear(sums);
                for (int part = 0; part < kernels.Length; part++)
                {
                    (FeatureContributionCalculator calculator, double weight) = (calculators[part], model.Parts[part].Weight);
                    int size = calculator.FeatureCount, outputs = calculator.BaseScores.Count, own = outputs > 1 ? output : 0;
                    kernels[part](((VectorColumn<float>)batch[features[part]])[row], contributions[part]);
                    sources.Add<float>(part, contributions[part].AsSpan(own * size, size), weight, sums);
                    start += weight * calculator.BaseScores[own];
                }
                onRow(new ExplainedRow(++count, prediction.Of(batch, row), start, sums), batch, row);
            }
        }
        return count;
    }
}
