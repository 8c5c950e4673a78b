using MLPipelines.AutoML.CodeGen;
using MLPipelines.Data;
using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML.Tests.Sweepable;

public sealed class SweepableTrainerTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void Every_trainer_for_two_classes_learns_at_its_cheap_start()
    {
        IDataView data = Points();
        foreach (ITransformer model in Models(_context.Auto().BinaryClassification(), data))
            Assert.InRange(_context.BinaryClassification.Evaluate(model.Transform(data)).AreaUnderRocCurve, 0.9, 1);
    }

    [Fact]
    public void Every_trainer_for_several_classes_learns_at_its_cheap_start()
    {
        IDataView data = Points();
        data = _context.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(data).Transform(data);
        foreach (ITransformer model in Models(_context.Auto().MultiClassification(), data))
            Assert.InRange(_context.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy, 0.7, 1);
    }

    [Fact]
    public void Every_trainer_for_numbers_learns_at_its_cheap_start()
    {
        IDataView data = Points();
        foreach (ITransformer model in Models(_context.Auto().Regression("Amount"), data))
            Assert.InRange(_context.Regression.Evaluate(model.Transform(data), "Amount").RSquared, 0.6, 1);
    }

    [Fact]
    public void Probabilities_of_a_forest_are_not_too_sure()
    {
        IDataView data = Points();
        SweepablePipeline pipeline = _context.Auto().BinaryClassification(useLgbm: false, useFastTree: false, useLbfgsLogisticRegression: false, useSdcaLogisticRegression: false);
        var metrics = _context.BinaryClassification.Evaluate(pipeline.BuildFromOption(_context, pipeline.CurrentParameter).Fit(data).Transform(data));
        Assert.InRange(metrics.LogLoss, 0.0, 0.8);
    }

    [Fact]
    public void The_cheap_start_costs_a_small_part_of_what_comes_next()
    {
        SweepableEstimator trainer = _context.Auto().BinaryClassification().Estimators["e0"];
        Assert.Equal("LightGbmBinary", trainer.Name);
        Assert.All(trainer.StartingPoints, start => Assert.True(trainer.Cost(start) > 5 * trainer.Cost(trainer.Parameter)));
    }

    [Fact]
    public void Columns_and_a_space_of_the_users_are_kept()
    {
        var space = new SearchSpace<LgbmOption>();
        space["NumberOfTrees"] = new UniformIntOption(4, 8);
        SweepableEstimator trainer = _context.Auto().Regression("y", "x", "w", useFastForest: false, useFastTree: false, useLbfgsPoissonRegression: false, useSdca: false, lgbmSearchSpace: space).Estimators["e0"];
        Assert.Equal(4, trainer.Parameter["NumberOfTrees"].AsType<int>());
        Assert.Empty(trainer.StartingPoints);
        Assert.Contains("LabelColumnName = \"y\", FeatureColumnName = \"x\", ExampleWeightColumnName = \"w\", NumberOfIterations = 4,", trainer.Code!(trainer.Parameter), StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_of_no_trainer_is_refused() =>
        Assert.Throws<ArgumentException>(() => _context.Auto().Regression(useFastForest: false, useLgbm: false, useFastTree: false, useLbfgsPoissonRegression: false, useSdca: false));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1f, "0.1f")]
    [InlineData("a\"\\\n", "\"a\\\"\\\\\\u000a\"")]
    [InlineData(true, "true")]
    [InlineData(DayOfWeek.Friday, "System.DayOfWeek.Friday")]
    public void Values_are_written_as_csharp(object value, string code) => Assert.Equal(code, CSharpExpression.Literal(value));

    private IEnumerable<ITransformer> Models(SweepablePipeline pipeline, IDataView data)
    {
        foreach (string schema in pipeline.Schemas)
        {
            SweepablePipeline one = pipeline.BuildSweepableEstimatorPipeline(schema);
            yield return one.BuildFromOption(_context, one.CurrentParameter).Fit(data);
        }
    }

    private IDataView Points()
    {
        var random = new Random(1);
        return _context.Data.LoadFromEnumerable(Enumerable.Range(0, 600).Select(i =>
        {
            float x = random.NextSingle(), y = random.NextSingle(), z = i % 10 == 0 ? float.NaN : random.NextSingle();
            return new Point { Features = [x, y, z], Label = x + y > 1, Kind = (int)(3 * x), Amount = 100 * (x + 2 * y) };
        }));
    }

    private sealed class Point
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public int Kind { get; set; }

        public float Amount { get; set; }
    }
}
