using MLPipelines.Data;

namespace MLPipelines.Tests.Metrics;

public class CrossValidationTests
{
    private sealed record Row(float Label, float Score, uint Id);

    /// <summary>Remembers how many rows it has seen and passes data through.</summary>
    private sealed class Counting : IEstimator<ITransformer>
    {
        internal List<long> Seen { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            Seen.Add(input.GetColumn<float>("Label").Count());
            return new TransformerChain<ITransformer>();
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    [Fact]
    public void Every_row_is_held_out_once_and_learned_from_otherwise()
    {
        var ml = new MLContext(seed: 3);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 23).Select(i => new Row(i, i + 1, (uint)i)));
        var estimator = new Counting();
        var results = ml.Regression.CrossValidate(data, estimator, numberOfFolds: 4);
        Assert.Equal([0, 1, 2, 3], results.Select(r => r.Fold));
        Assert.Equal(Enumerable.Range(0, 23).Select(i => (uint)i), results.SelectMany(r => r.ScoredHoldOutSet.GetColumn<uint>("Id")).Order());
        Assert.All(results, r => Assert.Equal(1, r.Metrics.MeanAbsoluteError));
        Assert.Equal([17, 17, 17, 18], estimator.Seen.Order());
        Assert.Equal(results.Select(r => r.Metrics.RowCount), ml.Regression.CrossValidate(data, estimator, numberOfFolds: 4).Select(r => r.Metrics.RowCount));
    }

    private sealed record Example(bool Truth, uint Group, float X);

    [Fact]
    public void Groups_stay_together_and_the_label_may_have_any_name()
    {
        var ml = new MLContext(seed: 3);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(i => new Example(i * 7 % 10 < 5, (uint)i / 6, MathF.Sin(i) + (i * 7 % 10 < 5 ? 1 : 0))));
        var trainer = ml.Transforms.Concatenate("Features", "X").Append(ml.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: "Truth"));
        var results = ml.BinaryClassification.CrossValidate(data, trainer, numberOfFolds: 3, labelColumnName: "Truth", samplingKeyColumnName: "Group", seed: 11);
        Assert.Equal(3, results.Count);
        foreach (var result in results)
        {
            uint[] groups = [.. result.ScoredHoldOutSet.GetColumn<uint>("Group")];
            Assert.Equal(6 * groups.Distinct().Count(), groups.Length);
            Assert.Equal(result.Metrics.LogLoss, ml.BinaryClassification.Evaluate(result.ScoredHoldOutSet, "Truth").LogLoss);
            Assert.Equal(result.Metrics.Accuracy, ml.BinaryClassification.EvaluateNonCalibrated(result.Model.Transform(data), "Truth").Accuracy, tolerance: 0.2);
        }
        var plain = ml.BinaryClassification.CrossValidateNonCalibrated(data, trainer, numberOfFolds: 3, labelColumnName: "Truth", samplingKeyColumnName: "Group", seed: 11);
        Assert.Equal(results.Select(result => result.Metrics.AreaUnderRocCurve), plain.Select(result => result.Metrics.AreaUnderRocCurve));
        var other = ml.BinaryClassification.CrossValidate(data, trainer, numberOfFolds: 3, labelColumnName: "Truth", seed: 12);
        Assert.NotEqual(results[0].ScoredHoldOutSet.GetColumn<uint>("Group"), other[0].ScoredHoldOutSet.GetColumn<uint>("Group"));
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        var ml = new MLContext(seed: 3) { CancellationToken = new CancellationToken(canceled: true) };
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 9).Select(i => new Row(i, i, 0)));
        Assert.Throws<OperationCanceledException>(() => ml.Regression.CrossValidate(data, new Counting()));
    }
}
