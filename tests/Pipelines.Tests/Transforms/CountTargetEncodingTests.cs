using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

// Expected numbers: those that ML.NET's sample CountTargetEncoding.cs states.
public sealed class CountTargetEncodingTests
{
    private readonly MLContext _context = new(seed: 1);

    private static MemoryView Data() => new MemoryView().AddText("Category", [.. "aaaabbbbccccdddd".Select(c => c.ToString())])
        .Add("Label", 0f, 1, 0, 0, 1, 2, 2, 1, 0, 0, 0, 0, 0, 1, 2, 3);

    private static void AssertRow(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 0.0001f);
    }

    [Fact]
    public void Counts_and_odds_are_those_that_MLNET_states()
    {
        float[][] rows = ViewContents.Vectors<float>(_context.Transforms.CountTargetEncode("Features", "Category").Fit(Data()).Transform(Data()), "Features");
        AssertRow([3, 1, 0, 0, 0.8473f, -1.0986f, -3.2452f, -4.3694f, 0], rows[0]);
        AssertRow([0, 2, 2, 0, -2.1972f, -0.2007f, -0.2513f, -4.3694f, 0], rows[4]);
        AssertRow([4, 0, 0, 0, 2.1972f, -2.9444f, -3.2452f, -4.3694f, 0], rows[8]);
        AssertRow([1, 1, 1, 1, -0.8473f, -1.0986f, -1.1664f, -1.3099f, 0], rows[15]);
    }

    [Fact]
    public void Counting_goes_on_from_a_model_that_was_saved()
    {
        var stream = new MemoryStream();
        _context.Model.Save(_context.Transforms.CountTargetEncode("Features", "Category").Fit(Data()), Data().Schema, stream);
        stream.Position = 0;
        var loaded = Assert.IsType<CountTargetEncodingTransformer>(_context.Model.Load(stream, out _));
        var more = new MemoryView().AddText("Category", "a", "a", "b", "c", "c", "d", "e", "d").Add("Label", 3f, 3, 2, 1, 1, 0, 3, 4);
        float[][] rows = ViewContents.Vectors<float>(_context.Transforms.CountTargetEncode("Features", loaded, "Category").Fit(more).Transform(more), "Features");
        AssertRow([3, 1, 0, 2, 0, -0.2151f, -1.5261f, -4.0073f, -0.6665f, -4.0073f, 0], rows[0]);
        AssertRow([0, 2, 3, 0, 0, -3.8501f, -0.5108f, 0.0834f, -2.7081f, -3.8501f, 0], rows[2]);
        AssertRow([0, 0, 0, 1, 0, -2.7081f, -1.9459f, -2.7081f, 0.7885f, -2.7081f, 0], rows[6]);
    }

    [Fact]
    public void Rare_categories_are_taken_together()
    {
        var data = new MemoryView().AddText("Category", "a", "a", "a", "b", "c").Add("Label", true, false, true, true, false);
        float[][] rows = ViewContents.Vectors<float>(_context.Transforms.CountTargetEncode("Category", builder: CountTableBuilderBase.CreateDictionaryCountTableBuilder(1)).Fit(data).Transform(data), "Category");
        Assert.Equal([1f, 2], rows[0][..2]);
        Assert.Equal([1f, 1], rows[3][..2]);
        Assert.Equal([0f, 0, 0, 1, 1], rows.Select(row => row[^1]));
    }

    [Fact]
    public void Features_are_named_after_labels()
    {
        var data = new MemoryView().AddText("Category", "a", "b", "a").AddKeys("Label", [1, 2, 0], "no", "yes");
        IDataView result = _context.Transforms.CountTargetEncode("Features", "Category").Fit(data).Transform(data);
        Assert.Equal(["Features_no_Count", "Features_yes_Count", "Features_no_LogOdds", "Features_IsBackoff"], ViewContents.SlotNames(result, "Features"));
        Assert.Equal([1f, 0], ViewContents.Vectors<float>(result, "Features")[2][..2]);
    }

    [Fact]
    public void Labels_that_do_not_count_from_0_are_refused()
    {
        var data = new MemoryView().AddText("Category", "a", "b").Add("Label", 0f, 0.5f);
        var error = Assert.Throws<MLPipelinesException>(() => _context.Transforms.CountTargetEncode("Category").Fit(data));
        Assert.Contains("label 0.5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_of_text_is_refused()
    {
        var data = new MemoryView().AddText("Category", "a", "b").AddText("Label", "a", "b");
        Assert.Contains("'Label'", Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.CountTargetEncode("Category").Fit(data)).Message, StringComparison.Ordinal);
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Category", "Tags", "Label"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.CountTargetEncode([new("C", "Category"), new("Tags")])
            .Append(context.Transforms.CountTargetEncode("All", "Tags2", combine: true, priorCoefficient: 2));

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddText("Category", "a", "b", "", "a")
            .AddTexts("Tags", [["x", "y"], ["y", "x"], ["", ""], ["", "z"]]).AddTexts("Tags2", [["x"], ["y", "x"], ["", ""], []], isVariable: true).Add("Label", 0f, 1, 2, 1);

        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge == EdgeCase.Infinity ? EdgeOutcome.Throws : EdgeOutcome.Works;

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("Category")
            .Add("Category", DateTime.UnixEpoch, DateTime.UnixEpoch, DateTime.UnixEpoch, DateTime.UnixEpoch);
    }
}
