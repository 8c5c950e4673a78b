using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public sealed class FeatureSelectionTests
{
    private const float NaN = float.NaN;

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Slots_that_are_rarely_there_are_left_out()
    {
        // The data of ML.NET's sample SelectFeaturesBasedOnCount.cs.
        var data = new MemoryView().AddVectors("Numeric", [[4, NaN, 6], [4, 5, 6], [4, 5, 6], [4, 0, NaN]], ["a", "b", "c"])
            .AddTexts("Text", [["A", "WA", "Male"], ["A", "", "Female"], ["A", "NY", ""], ["A", "", "Male"]]);
        IDataView result = _context.Transforms.FeatureSelection.SelectFeaturesBasedOnCount([new("Numeric"), new("Text")], count: 3).Fit(data).Transform(data);
        Assert.Equal([[4f, 6], [4, 6], [4, 6], [4, NaN]], ViewContents.Vectors<float>(result, "Numeric"));
        Assert.Equal([["A", "Male"], ["A", "Female"], ["A", ""], ["A", "Male"]], ViewContents.TextVectors(result, "Text"));
        Assert.Equal(["a", "c"], ViewContents.SlotNames(result, "Numeric"));
    }

    [Fact]
    public void Sparse_rows_stay_sparse_and_right()
    {
        var data = new MemoryView().AddSparse("Features", [[1f, 0, 0, 2], [3, 0, 0, 0], [0, 4, 0, 5]], ["a", "b", "c", "d"]);
        IDataView result = _context.Transforms.FeatureSelection.SelectFeaturesBasedOnCount("Features", count: 2).Fit(data).Transform(data);
        Assert.Equal([[1f, 2], [3, 0], [0, 5]], ViewContents.Vectors<float>(result, "Features"));
        Assert.Equal(["a", "d"], ViewContents.SlotNames(result, "Features"));
    }

    [Fact]
    public void Where_no_slot_is_left_one_stays_that_is_zero()
    {
        var data = new MemoryView().AddVectors("Features", [[0f, NaN], [0, 0]], ["a", "b"]).Add("Size", NaN, 0).AddText("Text", "", "");
        IDataView result = _context.Transforms.FeatureSelection.SelectFeaturesBasedOnCount([new("Features"), new("Size"), new("Text")]).Fit(data).Transform(data);
        Assert.Equal([[0f], [0]], ViewContents.Vectors<float>(result, "Features"));
        Assert.Equal([0f, 0], ViewContents.Values<float>(result, "Size"));
        Assert.Equal(["", ""], ViewContents.Texts(result, "Text"));
    }

    [Fact]
    public void Categorical_ranges_move_with_their_slots()
    {
        var data = new MemoryView().AddText("Color", "red", "green", "red", "blue").AddText("Shape", "round", "round", "flat", "round").Add("Size", 1f, 2, 3, 4);
        var chain = _context.Transforms.Categorical.OneHotEncoding([new("Color"), new("Shape")]).Append(_context.Transforms.Concatenate("Features", "Size", "Color", "Shape"))
            .Append(_context.Transforms.FeatureSelection.SelectFeaturesBasedOnCount("Features", count: 2));
        DataViewSchema.Column features = chain.Fit(data).Transform(data).Schema["Features"];
        VBuffer<int> ranges = default;
        features.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref ranges);
        Assert.Equal([1, 1, 2, 2], ranges.DenseValues());
    }

    [Fact]
    public void The_slots_that_tell_most_about_the_label_are_kept()
    {
        // The data of ML.NET's sample SelectFeaturesBasedOnMutualInformationMultiColumn.cs.
        var data = new MemoryView().Add("Label", true, false, true, false).AddVectors("A", [[4f, 0, 6], [0, 5, 7], [4, 0, 6], [0, 5, 7]])
            .AddVectors("B", [[7f, 8, 9], [7, 9, 0], [7, 8, 9], [7, 8, 0]]);
        IDataView result = _context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation([new("A"), new("B")], slotsInOutput: 4).Fit(data).Transform(data);
        Assert.Equal([[4f, 0, 6], [0, 5, 7], [4, 0, 6], [0, 5, 7]], ViewContents.Vectors<float>(result, "A"));
        Assert.Equal([[9f], [0], [9], [0]], ViewContents.Vectors<float>(result, "B"));
    }

    // from sklearn.metrics import mutual_info_score; mutual_info_score(y, x) / log(2) with y = [1,0,1,0,1,1]
    [Theory]
    [InlineData(new[] { 4, 0, 4, 0, 4, 0 }, 0.45914791702724456)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6 }, 0.9182958340544893)]
    [InlineData(new[] { 7, 7, 7, 7, 7, 7 }, 0)]
    [InlineData(new[] { 1, 1, 0, 0, 0, 1 }, 0.0)]
    public void Information_is_that_of_the_joint_distribution(int[] features, double expected)
    {
        int[] distinct = [.. features.Distinct()];
        double bits = new MutualInformation([1, 0, 1, 0, 1, 1], 2).With([.. features.Select(value => Array.IndexOf(distinct, value))], distinct.Length);
        Assert.Equal(expected, bits, 12);
    }

    [Fact]
    public void More_different_numbers_than_asked_for_are_put_into_groups()
    {
        var column = new ValueColumn<float>();
        foreach (float value in new[] { 8, 1, float.NaN, 3, 4, 5, 6, 7, 2 }) column.Append(value);
        int[] groups = new int[9];
        SlotColumns numbers = SlotColumns.Read(NumberDataViewType.Single, column);
        Assert.Equal(5, numbers.Group(0, 4, groups));
        Assert.Equal([4, 1, 0, 2, 2, 3, 3, 4, 1], groups);
        Assert.Equal(9, numbers.Group(0, 256, groups));
        Assert.Equal([8, 1, 0, 3, 4, 5, 6, 7, 2], groups);
    }

    [Fact]
    public void Keys_and_numbers_can_be_labels()
    {
        var data = new MemoryView().AddKeys("Key", [1, 2, 1, 2], "x", "y").Add("Number", 0.5f, 1, 0.5f, 1).AddSparse("Features", [[1f, 0, 1], [0, 0, 1], [1, 0, 0], [0, 0, 0]], ["a", "b", "c"]);
        foreach (string label in new[] { "Key", "Number" })
        {
            IDataView result = _context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation("Features", labelColumnName: label, slotsInOutput: 1).Fit(data).Transform(data);
            Assert.Equal(["a"], ViewContents.SlotNames(result, "Features"));
        }
    }

    [Fact]
    public void A_label_of_text_is_refused()
    {
        var data = new MemoryView().AddText("Label", "a", "b").AddVectors("Features", [[1f], [2]]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation("Features").Fit(data));
        Assert.Contains("'Label'", error.Message, StringComparison.Ordinal);
    }

    public sealed class CountContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features", "Sparse", "Text"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.FeatureSelection.SelectFeaturesBasedOnCount([new("F", "Features"), new("Sparse"), new("Text")], count: 2);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("Features", [[1, 0, 3], [4, 0, 6], [7, 8, 9f]], ["a", "b", "c"])
            .AddSparse("Sparse", [[0, 1.0], [0, 2], [3, 0]]).AddTexts("Text", [["a", ""], ["b", ""], ["c", "d"]]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("Text").Add("Text", 1, 2, 3);
    }

    public sealed class InformationContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features", "Label"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation("F", "Features", slotsInOutput: 2, numberOfBins: 3);

        protected override IDataView CreateData(MLContext context) => new MemoryView().Add("Label", 0f, 1, 0, 1)
            .AddVectors("Features", [[1f, 0, 3], [4, 0, 6], [1, 8, 9], [5, 0, 2]], ["a", "b", "c"]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("Features").AddText("Features", "a", "b", "c", "d");
    }
}
