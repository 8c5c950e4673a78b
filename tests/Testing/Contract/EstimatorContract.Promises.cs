using MLPipelines.Data;
using Xunit;

namespace MLPipelines.Testing;

public abstract partial class EstimatorContract
{
    [Fact]
    public void The_promised_schema_is_the_one_that_comes()
    {
        var context = new MLContext(Seed);
        MemoryView data = Data(context);
        IEstimator<ITransformer> estimator = CreateEstimator(context);
        SchemaShape promised = estimator.GetOutputSchema(SchemaShape.Create(data.Schema));
        ITransformer transformer = estimator.Fit(data);
        Assert.Equal(Describe(promised), Describe(SchemaShape.Create(transformer.Transform(data).Schema)));
        Assert.Equal(Describe(promised), Describe(SchemaShape.Create(transformer.GetOutputSchema(data.Schema))));
    }

    [Fact]
    public void Fitting_changes_neither_the_estimator_nor_the_data()
    {
        var context = new MLContext(Seed);
        MemoryView data = Data(context);
        IEstimator<ITransformer> estimator = CreateEstimator(context);
        var before = ViewContents.Read(data);
        string promised = string.Join('\n', Describe(estimator.GetOutputSchema(SchemaShape.Create(data.Schema))));
        ITransformer first = estimator.Fit(data), second = estimator.Fit(data);
        Assert.NotSame(first, second);
        AssertSameRows(before, ViewContents.Read(data), "the data after fitting");
        Assert.Equal(promised, string.Join('\n', Describe(estimator.GetOutputSchema(SchemaShape.Create(data.Schema)))));
        AssertSameRows(first.Transform(data), second.Transform(data), "the second fit");
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_bytes()
    {
        var (first, data) = Learn();
        var (second, _) = Learn();
        byte[] expected = Save(first, data.Schema);
        Assert.Equal(expected, Save(second, data.Schema));
        foreach (int threads in new[] { 1, 2, 5 })
        {
            var context = new MLContext(Seed);
            if (CreateEstimator(context, threads) is not { } estimator) continue;
            Assert.True(expected.AsSpan().SequenceEqual(Save(estimator.Fit(Data(context)), data.Schema)), $"{threads} threads learned another model.");
        }
    }

    [Fact]
    public void Rows_come_out_the_same_in_runs_of_any_length()
    {
        var (transformer, data) = Learn();
        var expected = ViewContents.Read(transformer.Transform(data));
        foreach (int length in new[] { 1, 2, 3 })
            AssertSameRows(expected, ViewContents.Read(transformer.Transform(MemoryView.Copy(data, batchSize: length))), $"runs of {length}");
        AssertSameRows(expected, ViewContents.Read(transformer.Transform(new RowOnlyView(data))), "a view with row cursors only");
        // A row of a sequence depends on those before it.
        for (int row = 0; transformer is not SequentialTransformer && row < data.GetRowCount(); row++)
        {
            var alone = ViewContents.Read(transformer.Transform(MemoryView.Copy(data, [row])));
            foreach (var (name, rows) in expected) Assert.Equal([rows[row]], alone[name]);
        }
    }

    [Fact]
    public void Learning_from_runs_of_any_length_gives_the_same()
    {
        var (transformer, data) = Learn();
        var expected = ViewContents.Read(transformer.Transform(data));
        foreach (int length in new[] { 1, 2 })
        {
            ITransformer other = CreateEstimator(new MLContext(Seed)).Fit(MemoryView.Copy(data, batchSize: length));
            AssertSameRows(expected, ViewContents.Read(other.Transform(data)), $"learned from runs of {length}");
        }
        ITransformer foreign = CreateEstimator(new MLContext(Seed)).Fit(new RowOnlyView(data));
        AssertSameRows(expected, ViewContents.Read(foreign.Transform(data)), "learned from a view with row cursors only");
    }

    [Fact]
    public void A_saved_and_loaded_model_gives_the_same_bits()
    {
        var (transformer, data) = Learn();
        byte[] bytes = Save(transformer, data.Schema);
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(bytes), out DataViewSchema schema);
        Assert.Equal(data.Schema.ToString(), schema.ToString());
        IDataView expected = transformer.Transform(data), actual = loaded.Transform(data);
        Assert.Equal(Describe(SchemaShape.Create(expected.Schema)), Describe(SchemaShape.Create(actual.Schema)));
        Assert.Equal(expected.Schema.ToString(), actual.Schema.ToString());
        AssertSameRows(expected, actual, "the loaded model");
        Assert.Equal(bytes, Save(loaded, data.Schema));
    }

    [Fact]
    public void Many_threads_may_read_one_transformer()
    {
        var (transformer, data) = Learn();
        var expected = ViewContents.Read(transformer.Transform(data));
        Parallel.For(0, 32, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            AssertSameRows(expected, ViewContents.Read(transformer.Transform(i % 2 == 0 ? data : MemoryView.Copy(data, batchSize: 1))), "another thread"));
    }

    [Fact]
    public void A_cancelled_run_learns_nothing()
    {
        if (!IsTrainer) return;
        using var source = new CancellationTokenSource();
        source.Cancel();
        var context = new MLContext(Seed) { CancellationToken = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => CreateEstimator(context).Fit(Data(context)));
    }

    [Fact]
    public void Reading_row_by_row_allocates_nothing_once_it_is_warm()
    {
        if (!IsAllocationFree) return;
        var (transformer, data) = Learn();
        BatchView output = BatchView.Of(transformer.Transform(new RepeatedRowView(data, row: 0)));
        using BatchCursor cursor = output.OpenBatches(ColumnSet.All(output.Schema));
        for (int i = 0; i < 100; i++) cursor.Next();
        Assert.Equal(0, Allocation.Of(() => cursor.Next(), calls: 1000));
    }

    /// <summary>The columns with their annotations, sorted by name.</summary>
    private static string[] Describe(SchemaShape shape) =>
        [.. shape.Select(column => $"{column} [{string.Join(", ", column.Annotations.Select(a => a.ToString()).Order(StringComparer.Ordinal))}]").Order(StringComparer.Ordinal)];
}
