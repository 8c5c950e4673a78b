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

    [Fact]
    public void Cancelling_ends_it()
    {
        var ml = new MLContext(seed: 3) { CancellationToken = new CancellationToken(canceled: true) };
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 9).Select(i => new Row(i, i, 0)));
        Assert.Throws<OperationCanceledException>(() => ml.Regression.CrossValidate(data, new Counting()));
    }
}
