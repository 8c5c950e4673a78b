using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;
using static MLPipelines.Transforms.OneHotEncodingEstimator;

namespace MLPipelines.Tests.Transforms;

public sealed class OneHotEncodingTests
{
    private readonly MLContext _context = new(seed: 1);

    // The data of ML.NET's sample OneHotEncoding.cs.
    private static MemoryView Education() => new MemoryView().AddText("Education", "0-5yrs", "0-5yrs", "6-11yrs", "6-11yrs", "11-15yrs");

    [Fact]
    public void Each_category_has_a_slot_that_is_named_after_it()
    {
        MemoryView data = Education();
        IDataView result = _context.Transforms.Categorical.OneHotEncoding("Encoded", "Education").Fit(data).Transform(data);
        Assert.Equal([[1f, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]], ViewContents.Vectors<float>(result, "Encoded"));
        Assert.Equal(["0-5yrs", "6-11yrs", "11-15yrs"], ViewContents.SlotNames(result, "Encoded"));
        Assert.True(result.Schema["Encoded"].IsNormalized());
    }

    [Fact]
    public void Categories_can_stay_keys()
    {
        MemoryView data = Education();
        IDataView result = _context.Transforms.Categorical.OneHotEncoding("Encoded", "Education", OutputKind.Key).Fit(data).Transform(data);
        Assert.Equal([1u, 1, 2, 2, 3], ViewContents.Values<uint>(result, "Encoded"));
    }

    [Fact]
    public void Unknown_and_missing_categories_have_zeros_only()
    {
        MemoryView data = Education();
        ITransformer transformer = _context.Transforms.Categorical.OneHotEncoding("Education").Fit(data);
        var other = new MemoryView().AddText("Education", "never seen", "", "6-11yrs");
        Assert.Equal([[0f, 0, 0], [0, 0, 0], [0, 1, 0]], ViewContents.Vectors<float>(transformer.Transform(other), "Education"));
    }

    [Fact]
    public void Numbers_are_categories_named_as_they_are_written()
    {
        var data = new MemoryView().Add("Rooms", 3, 1, 3).Add("Size", 0.5f, -1, float.NaN);
        IDataView result = _context.Transforms.Categorical.OneHotEncoding([new("Rooms"), new("Size")]).Fit(data).Transform(data);
        Assert.Equal(["3", "1"], ViewContents.SlotNames(result, "Rooms"));
        Assert.Equal(["0.5", "-1"], ViewContents.SlotNames(result, "Size"));
        Assert.Equal([[1f, 0], [0, 1], [0, 0]], ViewContents.Vectors<float>(result, "Size"));
    }

    [Fact]
    public void The_items_of_a_vector_come_side_by_side_or_are_counted()
    {
        var data = new MemoryView().AddTexts("Tags", [["a", "b"], ["b", "b"], ["", "a"]]);
        var categorical = _context.Transforms.Categorical;
        IDataView result = categorical.OneHotEncoding("Apart", "Tags").Append(categorical.OneHotEncoding("Counted", "Tags", OutputKind.Bag)).Fit(data).Transform(data);
        Assert.Equal([[1f, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 0]], ViewContents.Vectors<float>(result, "Apart"));
        Assert.Equal(["[0].a", "[0].b", "[1].a", "[1].b"], ViewContents.SlotNames(result, "Apart"));
        Assert.Equal([[1f, 1], [0, 2], [1, 0]], ViewContents.Vectors<float>(result, "Counted"));
        Assert.Equal(["a", "b"], ViewContents.SlotNames(result, "Counted"));
    }

    [Fact]
    public void A_thousand_categories_in_a_row_are_counted()
    {
        string[] tags = [.. Enumerable.Range(0, 1000).Select(i => $"t{i}")];
        var data = new MemoryView().AddTexts("Tags", [tags, [.. tags.Take(300).Concat(tags.Take(700))]]);
        float[][] counts = ViewContents.Vectors<float>(_context.Transforms.Categorical.OneHotEncoding("Tags", outputKind: OutputKind.Bag).Fit(data).Transform(data), "Tags");
        Assert.All(counts[0], count => Assert.Equal(1, count));
        Assert.Equal([.. Enumerable.Repeat(2f, 300), .. Enumerable.Repeat(1f, 400), .. Enumerable.Repeat(0f, 300)], counts[1]);
    }

    public abstract class ContractOf(OutputKind kind) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["City", "Tags", "Rooms"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Categorical.OneHotEncoding([new("CityVector", "City"), new("Tags"), new("Rooms")], kind, maximumNumberOfKeys: 3);

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .AddText("City", "Rome", "Oslo", "", "Oslo", "Bonn", "Kyiv").AddTexts("Tags", [["a", "b"], ["b", "b"], ["", "a"], ["c", "c"], ["d", "a"], ["", ""]])
            .Add("Rooms", 2f, 3, float.NaN, 3, 4, 5);
    }

    public sealed class IndicatorContract() : ContractOf(OutputKind.Indicator);

    public sealed class BagContract() : ContractOf(OutputKind.Bag);

    public sealed class KeyContract() : ContractOf(OutputKind.Key);

    public sealed class BinaryContract() : ContractOf(OutputKind.Binary);

    public sealed class VaryingContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Tags"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Categorical.OneHotEncoding("Tags");

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddTexts("Tags", [["a", "b"], ["b"], []], isVariable: true);
    }
}
