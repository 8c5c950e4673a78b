using MLPipelines.Data;
using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML.Tests.Sweepable;

public sealed class SweepablePipelineTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void Alternatives_multiply_to_chains()
    {
        SweepablePipeline pipeline = Estimator("a").Append(Estimator("b"), Estimator("c")).Append([Estimator("d"), Estimator("e").Append(Estimator("f"))]);
        Assert.Equal(["e0 * e1 * e3", "e0 * e1 * e4 * e5", "e0 * e2 * e3", "e0 * e2 * e4 * e5"], pipeline.Schemas);
        Assert.Equal(6, pipeline.Estimators.Count);
        Assert.Equal(7, pipeline.SearchSpace.FeatureSpaceDim);
    }

    [Fact]
    public void Appending_leaves_a_pipeline_as_it_was()
    {
        SweepablePipeline first = Estimator("a").Append(Estimator("b"));
        first.Append([Estimator("c")]);
        Assert.Equal(["e0 * e1"], first.Schemas);
    }

    [Fact]
    public void A_sampled_pipeline_names_the_estimators_of_its_chain_only()
    {
        SearchSpace.SearchSpace space = Estimator("a").Append(Estimator("b"), Estimator("c")).SearchSpace;
        double[] point = space.Default;
        Assert.Equal(["e0", "e1", "_SCHEMA_"], space.SampleFromFeatureSpace(point).Keys);
        point[0] = 0.9;
        Parameter parameter = space.SampleFromFeatureSpace(point);
        Assert.Equal(["e0", "e2", "_SCHEMA_"], parameter.Keys);
        Assert.Equal(parameter, space.SampleFromFeatureSpace(space.MappingToFeatureSpace(parameter)));
    }

    [Fact]
    public void A_pipeline_is_built_from_options()
    {
        SweepablePipeline pipeline = _context.Transforms.CopyColumns("b", "a").Append(Estimator("c"), Estimator("d"));
        Parameter parameter = Parameter.Parse("""{"_SCHEMA_":"e0 * e2","e2":{"Count":7}}""");
        IDataView data = _context.Data.LoadFromEnumerable([new Row { A = 1 }]);
        DataViewSchema schema = pipeline.BuildFromOption(_context, parameter).Fit(data).Transform(data).Schema;
        Assert.NotNull(schema.GetColumnOrNull("d7"));
        Assert.Null(schema.GetColumnOrNull("c7"));
        Assert.Equal("ColumnCopying=>d", pipeline.ToString(parameter));
        Assert.Equal("ColumnCopying=>d", pipeline.ToString(Parameter.CreateNestedParameter(KeyValuePair.Create("_pipeline_", parameter))));
    }

    [Fact]
    public void A_chain_that_is_not_in_the_pipeline_is_refused()
    {
        SweepablePipeline pipeline = Estimator("a").Append(Estimator("b"));
        Assert.Contains("e0 * e1", Assert.Throws<ArgumentException>(() => pipeline.BuildFromOption(_context, Parameter.Parse("""{"_SCHEMA_":"e0 * e7"}"""))).Message, StringComparison.Ordinal);
        Assert.Equal(["e0 * e1"], pipeline.BuildSweepableEstimatorPipeline("e0 * e1").Schemas);
    }

    [Fact]
    public void Estimators_of_a_users_own_options_are_built_with_them()
    {
        SweepableEstimator estimator = _context.Auto().CreateSweepableEstimator((MLContext context, Options options) => context.Transforms.CopyColumns($"x{options.Count}", "a"), new SearchSpace<Options>());
        Assert.Equal(3, estimator.Parameter["Count"].AsType<int>());
        SchemaShape shape = estimator.BuildFromOption(_context, Parameter.Parse("""{"Count":5}""")).GetOutputSchema(SchemaShape.Create(_context.Data.LoadFromEnumerable([new Row()]).Schema));
        Assert.True(shape.TryFindColumn("x5", out _));
    }

    private static SweepableEstimator Estimator(string name) =>
        new((context, p) => context.Transforms.CopyColumns($"{name}{p["Count"].AsType<int>()}", "a"), new SearchSpace.SearchSpace { ["Count"] = new UniformIntOption(1, 9, logBase: false, defaultValue: 3) }) { Name = name };

    public sealed class Options
    {
        [Range(1, 9, init: 3)]
        public int Count { get; set; }
    }

    private sealed class Row
    {
        [ColumnName("a")]
        public float A { get; set; }
    }
}
