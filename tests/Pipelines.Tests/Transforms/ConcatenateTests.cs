using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class ConcatenateTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Scalars_and_vectors_come_side_by_side_in_the_order_given()
    {
        // The numbers of ML.NET's sample Concatenate.cs.
        var data = new MemoryView()
            .Add("Feature1", 0.1f, 0.2f)
            .AddVectors("Feature2", [[1.1f, 2.1f, 3.1f], [1.2f, 2.2f, 3.2f]])
            .Add("Feature3", 1, 2);
        var chain = _context.Transforms.Conversion.ConvertType("Feature3", outputKind: DataKind.Single)
            .Append(_context.Transforms.Concatenate("Features", "Feature1", "Feature2", "Feature3"));
        float[][] features = ViewContents.Vectors<float>(chain.Fit(data).Transform(data), "Features");
        Assert.Equal([0.1f, 1.1f, 2.1f, 3.1f, 1], features[0]);
        Assert.Equal([0.2f, 1.2f, 2.2f, 3.2f, 2], features[1]);
    }

    [Fact]
    public void Slots_are_named_as_scalars_and_as_the_slots_of_vectors()
    {
        var data = new MemoryView().Add("Age", 30f).AddVectors("Word", [[1f, 2f]], ["cat", "dog"]).AddVectors("Nameless", [[3f]]);
        IDataView result = _context.Transforms.Concatenate("Features", "Age", "Word", "Nameless").Fit(data).Transform(data);
        Assert.Equal(["Age", "Word.cat", "Word.dog", ""], ViewContents.SlotNames(result, "Features"));
    }

    [Fact]
    public void Rows_stay_sparse_when_those_of_one_column_are()
    {
        var data = new MemoryView().Add("Age", 30f, 0f).AddSparse("Words", [[0f, 0, 5, 0], [7, 0, 0, 0]]).AddVectors("More", [[0f, 2], [3, 0]]);
        var view = BatchView.Of(_context.Transforms.Concatenate("Features", "Age", "Words", "More").Fit(data).Transform(data));
        var features = (VectorColumn<float>)view.ReadColumns(view.Schema["Features"].Index)[0];
        Assert.False(features.IsDense);
        Assert.Equal([0, 3, 6], features[0].Indices.ToArray());
        Assert.Equal([30f, 5, 2], features[0].Values.ToArray());
        Assert.Equal([1, 5], features[1].Indices.ToArray());
        Assert.Equal([7f, 3], features[1].Values.ToArray());
    }

    [Fact]
    public void Normalized_columns_give_a_normalized_one_only_together()
    {
        var data = new MemoryView().Add("A", 1f, 2).Add("B", 3f, 5);
        var both = _context.Transforms.NormalizeMinMax([new("A"), new("B")]).Append(_context.Transforms.Concatenate("Features", "A", "B"));
        var one = _context.Transforms.NormalizeMinMax("A").Append(_context.Transforms.Concatenate("Features", "A", "B"));
        Assert.True(both.Fit(data).Transform(data).Schema["Features"].IsNormalized());
        Assert.False(one.Fit(data).Transform(data).Schema["Features"].IsNormalized());
    }

    [Fact]
    public void Categorical_slots_move_with_their_column()
    {
        var data = new MemoryView().Add("Age", 30f, 40).AddText("City", "Rome", "Oslo").AddText("Team", "a", "b");
        var chain = _context.Transforms.Categorical.OneHotEncoding([new("City"), new("Team")]).Append(_context.Transforms.Concatenate("Features", "Age", "City", "Team"));
        IDataView result = chain.Fit(data).Transform(data);
        VBuffer<int> ranges = default;
        result.Schema["Features"].Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref ranges);
        Assert.Equal([1, 2, 3, 4], ranges.ToDenseArray());
        Assert.Equal(["Age", "City.Rome", "City.Oslo", "Team.a", "Team.b"], ViewContents.SlotNames(result, "Features"));
    }

    [Fact]
    public void Texts_come_side_by_side()
    {
        var data = new MemoryView().AddText("Title", "a", "").AddTexts("Tags", [["x"], ["y", "z"]]);
        IDataView result = _context.Transforms.Concatenate("All", "Title", "Tags").Fit(data).Transform(data);
        string[][] all = ViewContents.TextVectors(result, "All");
        Assert.Equal(["a", "x"], all[0]);
        Assert.Equal(["", "y", "z"], all[1]);
    }

    [Fact]
    public void Rows_of_varying_length_stay_so()
    {
        var data = new MemoryView().Add("A", 1, 2).AddVectors("B", [[3], [4, 5]]);
        IDataView result = _context.Transforms.Concatenate("All", "B", "A").Fit(data).Transform(data);
        int[][] all = ViewContents.Vectors<int>(result, "All");
        Assert.Equal([3, 1], all[0]);
        Assert.Equal([4, 5, 2], all[1]);
        Assert.False(result.Schema["All"].HasSlotNames());
    }

    [Fact]
    public void Columns_of_different_types_are_refused_with_what_to_do()
    {
        var data = new MemoryView().Add("A", 1f).Add("B", 1);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.Concatenate("All", "A", "B").Fit(data));
        Assert.Contains("column 'B' is Int32, expected items of Single as in column 'A'. Conversion.ConvertType converts", error.Message);
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["A", "V", "S"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Concatenate("Features", RequiredColumns);

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .Add("A", 1f, 2, 3, 4)
            .AddVectors("V", [[1f, 2], [3, 4], [5, 6], [7, 8]], ["v0", "v1"])
            .AddSparse("S", [[0f, 1, 0], [2, 0, 0], [0, 0, 0], [0, 0, 3]]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("A").Add("A", 1, 2, 3, 4);
    }

    public sealed class DenseContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["A", "V"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Concatenate("Features", "V", "A");

        protected override IDataView CreateData(MLContext context) =>
            new MemoryView().Add("A", 1.5, 2, 3).AddVectors("V", [[1.0, 2], [3, 4], [5, 6]]);
    }

    public sealed class TextContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["A", "V"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Concatenate("All", "V", "A");

        protected override IDataView CreateData(MLContext context) =>
            new MemoryView().AddText("A", "a", "b", "").AddTexts("V", [["x", "y"], ["z", ""], ["u", "v"]]);
    }
}
