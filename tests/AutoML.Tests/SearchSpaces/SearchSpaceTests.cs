using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML.Tests.SearchSpaces;

public sealed class SearchSpaceTests
{
    [Fact]
    public void Coordinates_follow_the_order_of_names()
    {
        var space = new SearchSpace.SearchSpace { ["b"] = new UniformIntOption(1, 2), ["a"] = new UniformIntOption(0, 1), ["c"] = new UniformIntOption(2, 3) };
        Assert.Equal(3, space.FeatureSpaceDim);
        Parameter parameter = space.SampleFromFeatureSpace([1, 0, 0]);
        Assert.Equal((1, 1, 2), (parameter["a"].AsType<int>(), parameter["b"].AsType<int>(), parameter["c"].AsType<int>()));
        space.Remove("a");
        Assert.Equal(2, space.SampleFromFeatureSpace([1, 0])["b"].AsType<int>());
    }

    [Fact]
    public void Attributes_give_the_same_space_as_options()
    {
        var space = new SearchSpace.SearchSpace
        {
            ["Whole"] = new UniformIntOption(-10, 10, logBase: false, defaultValue: 0),
            ["Single"] = new UniformSingleOption(1, 10, logBase: true, defaultValue: 1),
            ["Double"] = new UniformDoubleOption(-10, 10),
            ["Flag"] = new ChoiceOption(true, false),
            ["Text"] = new ChoiceOption("a", "b", "c"),
            ["Day"] = new ChoiceOption([DayOfWeek.Monday, DayOfWeek.Friday], DayOfWeek.Friday),
            ["Inner"] = new SearchSpace.SearchSpace { ["Whole"] = new UniformIntOption(-10, 10, logBase: false, defaultValue: 0) },
        };
        var attributed = new SearchSpace<Options>();
        Assert.Equal(space.GetHashCode(), attributed.GetHashCode());
        Assert.Equal(space.Keys, attributed.Keys);
        Assert.Equal(space.Default, attributed.Default);
        Assert.Equal(space.Step, attributed.Step);
        Assert.IsType<UniformDoubleOption>(attributed["Double"]);
    }

    [Fact]
    public void Options_come_back_from_their_coordinates()
    {
        var space = new SearchSpace<Options>();
        var random = new Random(1);
        for (int i = 0; i < 100; i++)
        {
            double[] point = [.. Enumerable.Range(0, space.FeatureSpaceDim).Select(_ => random.NextDouble())];
            Options options = space.SampleFromFeatureSpace(point);
            double[] again = space.MappingToFeatureSpace(options);
            Assert.Equal(Parameter.FromObject(options), Parameter.FromObject(space.SampleFromFeatureSpace(again)));
        }
    }

    [Fact]
    public void Members_without_attribute_keep_the_values_of_the_default()
    {
        var space = new SearchSpace<Options>(new Options { Fixed = "kept", Inner = new Nested { Fixed = 7 } });
        Options options = space.SampleFromFeatureSpace(space.Default);
        Assert.Equal(("kept", 7, 0, DayOfWeek.Friday), (options.Fixed, options.Inner!.Fixed, options.Inner.Whole, options.Day));
    }

    [Fact]
    public void A_value_that_is_not_there_counts_as_the_default()
    {
        var space = new SearchSpace<Options>();
        Assert.Equal(space.Default, space.MappingToFeatureSpace(Parameter.CreateNestedParameter()));
    }

    [Fact]
    public void Attributes_that_do_not_fit_are_refused_by_name()
    {
        Assert.Contains("Wrong.Count is Int32", Assert.Throws<ArgumentException>(() => new SearchSpace<Wrong>()).Message, StringComparison.Ordinal);
        Assert.Contains("more than one", Assert.Throws<ArgumentException>(() => new SearchSpace<Twice>()).Message, StringComparison.Ordinal);
    }

    public sealed class Options
    {
        [Range((int)-10, 10, 0, false)]
        public int Whole { get; set; }

        [Range(1f, 10f, 1f, true)]
        public float Single { get; set; }

        [Range(-10, 10, false)]
        public double Double;

        [BooleanChoice]
        public bool Flag { get; set; }

        [Choice("a", "b", "c")]
        public string? Text { get; set; }

        [Choice(new object[] { DayOfWeek.Monday, DayOfWeek.Friday }, DayOfWeek.Friday)]
        public DayOfWeek Day { get; set; }

        [NestOption]
        public Nested? Inner { get; set; }

        public string Fixed { get; set; } = "";
    }

    public sealed class Nested
    {
        [Range((int)-10, 10, 0, false)]
        public int Whole { get; set; }

        public int Fixed { get; set; }
    }

    public sealed class Wrong
    {
        [Range(0.5, 3)]
        public int Count { get; set; }
    }

    public sealed class Twice
    {
        [Range(1, 3)]
        [Choice(1, 2)]
        public int Count { get; set; }
    }
}
