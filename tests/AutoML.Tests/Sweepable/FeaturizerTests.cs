using MLPipelines.Data;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.Tests.Sweepable;

public sealed class FeaturizerTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void Columns_of_all_kinds_become_one_vector_named_after_them()
    {
        IDataView data = Table();
        SweepablePipeline pipeline = _context.Auto().Featurizer(data);
        Assert.Equal("ConvertType=>FeaturizeDateTime=>IndicateMissingValues=>ReplaceMissingValues=>OneHotEncoding=>VectorizeText=>Concatenate", pipeline.ToString(pipeline.CurrentParameter));
        IDataView made = pipeline.BuildFromOption(_context, pipeline.CurrentParameter).Fit(data).Transform(data);
        var type = Assert.IsType<VectorDataViewType>(made.Schema["Features"].Type);
        VBuffer<ReadOnlyMemory<char>> names = default;
        made.Schema["Features"].GetSlotNames(ref names);
        string[] slots = [.. names.DenseValues().Select(name => name.ToString())];
        Assert.Equal(type.Size, slots.Length);
        Assert.Equal(["Age", "Count", "Flag"], slots[..3]);
        Assert.Contains("Age.IsMissing", slots);
        Assert.Contains("City.Rome", slots);
        Assert.DoesNotContain(slots, slot => slot.StartsWith("Id", StringComparison.Ordinal) || slot.StartsWith("Same", StringComparison.Ordinal) || slot.StartsWith("Label", StringComparison.Ordinal));
        foreach (float[] row in made.GetColumn<float[]>("Features")) Assert.All(row, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Named_columns_are_used_as_named()
    {
        IDataView data = Table();
        SweepablePipeline pipeline = _context.Auto().Featurizer(data, "F", catelogicalColumns: ["Count"], numericColumns: ["Same"], excludeColumns: ["City", "Note", "Day", "Flag", "Age"]);
        Assert.Equal("ReplaceMissingValues=>OneHotEncoding=>Concatenate", pipeline.ToString(pipeline.CurrentParameter));
        Assert.Equal(1 + 7, Assert.IsType<VectorDataViewType>(pipeline.BuildFromOption(_context, pipeline.CurrentParameter).Fit(data).Transform(data).Schema["F"].Type).Size);
    }

    [Fact]
    public void Names_that_do_not_fit_are_refused()
    {
        IDataView data = Table();
        AutoCatalog auto = _context.Auto();
        Assert.Contains("no column 'Agee'", Assert.Throws<MLPipelinesException>(() => auto.Featurizer(data, numericColumns: ["Agee"])).Message, StringComparison.Ordinal);
        Assert.Contains("'City' is", Assert.Throws<MLPipelinesException>(() => auto.Featurizer(data, numericColumns: ["City"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => auto.Featurizer(data, numericColumns: ["Age"], excludeColumns: ["Age"]));
        Assert.Contains("none is left", Assert.Throws<MLPipelinesException>(() => auto.Featurizer(data, excludeColumns: ["Age", "Count", "Flag", "City", "Note", "Day"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_categories_may_be_hashed()
    {
        IDataView data = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 2000).Select(i => new Town { Name = $"town{i % 200:d3}" }));
        SweepablePipeline pipeline = _context.Auto().Featurizer(data);
        Assert.Equal(2, pipeline.SearchSpace.FeatureSpaceDim);
        Parameter parameter = pipeline.SearchSpace.SampleFromFeatureSpace([0, 0.9]);
        Assert.Equal(64, Assert.IsType<VectorDataViewType>(pipeline.BuildFromOption(_context, parameter).Fit(data).Transform(data).Schema["Features"].Type).Size);
    }

    private IDataView Table() => _context.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Row
    {
        Id = 100 + i, Same = 3, Age = i % 9 == 0 ? float.NaN : 20 + i % 13, Count = i % 7, Flag = i % 3 == 0, Label = i % 2 == 0, City = new[] { "Rome", "Bern", "Oslo" }[i % 3],
        Note = $"the customer {(i % 2 == 0 ? "was happy with" : "did not like")} order number {i} at all", Day = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(i),
    }));

    private sealed class Town
    {
        public string Name { get; set; } = "";
    }

    private sealed class Row
    {
        public int Id { get; set; }

        public float Same { get; set; }

        public float Age { get; set; }

        public int Count { get; set; }

        public bool Flag { get; set; }

        public bool Label { get; set; }

        public string City { get; set; } = "";

        public string Note { get; set; } = "";

        public DateTime Day { get; set; }
    }
}
