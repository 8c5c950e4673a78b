using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class MapValueTests
{
    private readonly MLContext _context = new(seed: 1);

    // The data of ML.NET's sample MapValue.cs.
    private static MemoryView Frames() => new MemoryView().AddText("Timeframe", "0-4yrs", "6-11yrs", "12-25yrs", "0-5yrs", "25+yrs").Add("Score", 1, 2, 3, 4, 5);

    [Fact]
    public void Texts_and_numbers_are_replaced_as_the_pairs_say()
    {
        var frames = new Dictionary<string, string> { ["0-4yrs"] = "Short", ["0-5yrs"] = "Short", ["6-11yrs"] = "Medium", ["12-25yrs"] = "Long" };
        var scores = new Dictionary<int, string> { [1] = "Low", [2] = "Low", [3] = "Average", [4] = "High" };
        var conversion = _context.Transforms.Conversion;
        IDataView result = conversion.MapValue("TimeframeCategory", frames, "Timeframe").Append(conversion.MapValue("ScoreCategory", scores, "Score")).Fit(Frames()).Transform(Frames());
        Assert.Equal(["Short", "Medium", "Long", "Short", ""], ViewContents.Texts(result, "TimeframeCategory"));
        Assert.Equal(["Low", "Low", "Average", "High", ""], ViewContents.Texts(result, "ScoreCategory"));
    }

    [Fact]
    public void Whole_numbers_can_be_keys_themselves()
    {
        var map = new Dictionary<string, uint> { ["0-4yrs"] = 1, ["0-5yrs"] = 1, ["6-11yrs"] = 2, ["12-25yrs"] = 3 };
        IDataView result = _context.Transforms.Conversion.MapValue("Label", map, "Timeframe", treatValuesAsKeyType: true).Fit(Frames()).Transform(Frames());
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), result.Schema["Label"].Type);
        Assert.Equal([1u, 2, 3, 1, 0], ViewContents.Values<uint>(result, "Label"));
        Assert.Equal(["1", "2", "3"], ViewContents.KeyTexts(result, "Label"));
    }

    [Fact]
    public void Whole_numbers_with_gaps_are_keys_up_to_the_largest()
    {
        var map = new Dictionary<string, ulong> { ["0-4yrs"] = 10, ["6-11yrs"] = 20 };
        IDataView result = _context.Transforms.Conversion.MapValue("Label", map, "Timeframe", treatValuesAsKeyType: true).Fit(Frames()).Transform(Frames());
        Assert.Equal(new KeyDataViewType(typeof(ulong), 20), result.Schema["Label"].Type);
        Assert.False(result.Schema["Label"].HasKeyValues());
    }

    [Fact]
    public void Texts_become_keys_in_the_order_that_they_are_in()
    {
        var map = new Dictionary<int, string> { [1] = "low", [2] = "low", [3] = "high" };
        IDataView result = _context.Transforms.Conversion.MapValue("Label", map, "Score", treatValuesAsKeyType: true).Fit(Frames()).Transform(Frames());
        Assert.Equal([1u, 1, 2, 0, 0], ViewContents.Values<uint>(result, "Label"));
        Assert.Equal(["low", "high"], ViewContents.KeyTexts(result, "Label"));
    }

    [Fact]
    public void Values_can_become_vectors()
    {
        var map = new Dictionary<string, int[]> { ["0-4yrs"] = [0, 5, 300], ["6-11yrs"] = [6, 11, 300] };
        IDataView result = _context.Transforms.Conversion.MapValue("Features", map, "Timeframe").Fit(Frames()).Transform(Frames());
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int32, 3), result.Schema["Features"].Type);
        Assert.Equal([[0, 5, 300], [6, 11, 300], [0, 0, 0], [0, 0, 0], [0, 0, 0]], ViewContents.Vectors<int>(result, "Features"));
        var varying = new Dictionary<int, string[]> { [1] = ["a"], [2] = ["b", "c"] };
        IDataView other = _context.Transforms.Conversion.MapValue("Tags", varying, "Score").Fit(Frames()).Transform(Frames());
        Assert.Equal([["a"], ["b", "c"], [], [], []], ViewContents.TextVectors(other, "Tags"));
    }

    [Fact]
    public void A_view_can_be_the_table()
    {
        var lookup = new MemoryView().Add("Value", 3.14f, 1.19f, 2000).AddKeys("Category", [1, 1, 2], "Low", "High");
        var data = new MemoryView().AddVectors("Prices", [[3.14f, 2000], [5, 1.19f]], ["a", "b"]);
        IDataView result = _context.Transforms.Conversion.MapValue("PriceCategory", lookup, lookup.Schema["Value"], lookup.Schema["Category"], "Prices").Fit(data).Transform(data);
        Assert.Equal([[1u, 2], [0, 1]], ViewContents.Vectors<uint>(result, "PriceCategory"));
        Assert.Equal(["Low", "High"], ViewContents.KeyTexts(result, "PriceCategory"));
    }

    [Fact]
    public void A_value_that_is_twice_in_the_table_is_named()
    {
        KeyValuePair<string, int>[] pairs = [new("a", 1), new("b", 2), new("a", 3)];
        var error = Assert.Throws<ArgumentException>(() => _context.Transforms.Conversion.MapValue("X", pairs));
        Assert.Contains("row 2 of the table has 'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_that_are_not_in_the_table_are_missing()
    {
        var map = new Dictionary<int, float> { [0] = 5, [2] = 7 };
        var data = new MemoryView().AddSparse("Numbers", [[0, 1, 2], [2, 0, 0]]);
        Assert.Equal([[5, float.NaN, 7], [7, 5, 5]], ViewContents.Vectors<float>(_context.Transforms.Conversion.MapValue("Numbers", map).Fit(data).Transform(data), "Numbers"));
    }

    public sealed class TextContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Text"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Conversion.MapValue("Category", new Dictionary<string, string> { ["a"] = "x", ["b"] = "y" }, "Text", treatValuesAsKeyType: true);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddText("Text", "a", "", "b", "c");

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Text", 1f, 2, 3);
    }

    public sealed class VectorContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Number"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Conversion.MapValue("Number", new Dictionary<int, string[]> { [1] = ["x"], [3] = ["y", "z"] }, "Number");

        protected override IDataView CreateData(MLContext context) => new MemoryView().Add("Number", 1, 2, 3);

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().AddVectors("Number", [[1, 2], [3, 4], [5, 6]]);
    }

    public sealed class ItemContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Keys", "Tags"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context)
        {
            var lookup = new MemoryView().AddKeys("Key", [1, 2], "p", "q").Add("Value", 1.5, 2.5);
            return context.Transforms.Conversion.MapValue("Keys", lookup, lookup.Schema["Key"], lookup.Schema["Value"])
                .Append(context.Transforms.Conversion.MapValue("T", new Dictionary<string, string> { ["x"] = "X" }, "Tags"));
        }

        protected override IDataView CreateData(MLContext context) =>
            new MemoryView().AddKeys("Keys", [1, 2, 1, 2], "p", "q").AddTexts("Tags", [["x", "y"], ["y", "x"], ["", ""], ["", "z"]]);
    }
}
