using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class DuplicateRowTests
{
    private readonly MLContext _context = new(seed: 1);

    // Rows 2 and 5 equal row 0 in all columns, row 3 equals row 1 but for its vector, row 4 but for its text.
    private static MemoryView Sample(int batchSize = 4096) => new MemoryView(batchSize)
        .AddText("Name", "a", "b", "a", "b", "ab", "a").Add("Size", 0f, float.NaN, -0f, float.NaN, float.NaN, 0f)
        .AddVectors("Features", [[1.0, 0], [2, 3], [1, -0.0], [2, 4], [2, 3], [1, 0]]).AddTexts("Words", [["x", "yz"], [], ["x", "yz"], [], [], ["x", "yz"]]);

    [Fact]
    public void The_first_of_equal_rows_stays()
    {
        foreach (int batchSize in new[] { 1, 2, 4096 })
        {
            MemoryView data = Sample(batchSize);
            Assert.Equal(["a", "b", "b", "ab"], ViewContents.Texts(_context.Transforms.RemoveDuplicateRows().Fit(data).Transform(data), "Name"));
            Assert.Equal(["a", "b", "ab"], ViewContents.Texts(_context.Transforms.RemoveDuplicateRows("Name", "Size").Fit(data).Transform(data), "Name"));
            Assert.Equal([0f, float.NaN], ViewContents.Values<float>(_context.Transforms.RemoveDuplicateRows("Size").Fit(data).Transform(data), "Size"));
        }
    }

    [Fact]
    public void Later_ones_of_equal_rows_are_told()
    {
        MemoryView data = Sample(batchSize: 2);
        Assert.Equal([false, false, true, false, false, true], ViewContents.Values<bool>(_context.Transforms.IndicateDuplicateRows("Again").Fit(data).Transform(data), "Again"));
        Assert.Equal([false, false, true, true, false, true], ViewContents.Values<bool>(_context.Transforms.IndicateDuplicateRows("Again", "Words", "Name").Fit(data).Transform(data), "Again"));
        // Every reading starts anew.
        IDataView view = _context.Transforms.IndicateDuplicateRows("Again", "Features").Fit(data).Transform(data);
        Assert.Equal(ViewContents.Values<bool>(view, "Again"), ViewContents.Values<bool>(view, "Again"));
    }

    [Fact]
    public void A_sparse_row_equals_the_dense_one()
    {
        float[][] rows = [[0f, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 1]];
        foreach (MemoryView data in new[] { new MemoryView().AddVectors("Features", rows), new MemoryView().AddSparse("Features", rows) })
            Assert.Equal([false, false, true, false, false], ViewContents.Values<bool>(_context.Transforms.IndicateDuplicateRows("Again").Fit(data).Transform(data), "Again"));
    }

    [Fact]
    public void Values_of_every_type_are_compared()
    {
        var noon = new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Unspecified);
        var data = new MemoryView().AddKeys("Key", [1, 2, 1], "a", "b").Add("Flag", true, true, true).Add("Time", noon, noon, noon).Add("Whole", 5L, 5, 5)
            .Add("Moment", new DateTimeOffset(noon, TimeSpan.FromHours(2)), new DateTimeOffset(noon, TimeSpan.FromHours(2)), new DateTimeOffset(noon, TimeSpan.FromHours(2)));
        Assert.Equal([false, false, true], ViewContents.Values<bool>(_context.Transforms.IndicateDuplicateRows("Again").Fit(data).Transform(data), "Again"));
    }

    [Fact]
    public void A_chain_that_leaves_rows_out_is_no_model_for_single_rows()
    {
        MemoryView data = new MemoryView().Add("Size", 1f, 1, 2);
        ITransformer transformer = _context.Transforms.RemoveDuplicateRows().Append(_context.Transforms.NormalizeMinMax("Size")).Fit(data);
        Assert.Equal([0.5f, 1], ViewContents.Values<float>(transformer.Transform(data), "Size"));
        Assert.Throws<ArgumentException>(() => _context.Model.CreatePredictionEngine<Row, Row>(transformer));
    }

    private sealed class Row
    {
        public float Size { get; set; }
    }

    public abstract class ContractOf(Func<TransformsCatalog, IEstimator<ITransformer>> create) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Name", "Size"];

        // A row that is read again and again is left out but the first time.
        protected override bool IsAllocationFree => false;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => create(context.Transforms);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddText("Name", "a", "b", "a", "c").Add("Size", 1.0, 1, 2, double.NaN);
    }

    public sealed class RemoveContract() : ContractOf(catalog => catalog.RemoveDuplicateRows("Name", "Size"));

    public sealed class IndicateContract() : ContractOf(catalog => catalog.IndicateDuplicateRows("Again", "Name", "Size"));
}
