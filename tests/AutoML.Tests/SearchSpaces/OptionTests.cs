using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML.Tests.SearchSpaces;

public sealed class OptionTests
{
    private static readonly double[] s_tenths = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    [Fact]
    public void Whole_numbers_are_spread_evenly() =>
        Assert.Equal([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], s_tenths.Select(x => new UniformIntOption(0, 100).SampleFromFeatureSpace([x]).AsType<int>()));

    [Fact]
    public void Whole_numbers_on_a_logarithmic_scale_double_in_equal_steps() =>
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024], s_tenths.Select(x => new UniformIntOption(1, 1024, logBase: true).SampleFromFeatureSpace([x]).AsType<int>()));

    [Fact]
    public void Every_whole_number_comes_back_from_its_coordinate()
    {
        foreach (UniformIntOption option in (UniformIntOption[])[new(-7, 90), new(20, 1024, logBase: true), new(0, 1)])
            for (int i = (int)option.Min; i <= option.Max; i++)
                Assert.Equal(i, option.SampleFromFeatureSpace(option.MappingToFeatureSpace(Parameter.FromInt(i))).AsType<int>());
    }

    [Fact]
    public void The_ends_of_a_range_are_exact()
    {
        var option = new UniformDoubleOption(2e-10, 1, logBase: true, defaultValue: 2e-10);
        Assert.Equal([0.0], option.Default!);
        Assert.Equal(2e-10, option.SampleFromFeatureSpace([0]).AsType<double>());
        Assert.Equal(1.0, option.SampleFromFeatureSpace([1]).AsType<double>());
        Assert.Equal(0.1f, new UniformSingleOption(0.1f, 3).SampleFromFeatureSpace([0]).AsType<float>());
    }

    [Theory]
    [InlineData(0.0, "a")]
    [InlineData(0.33, "a")]
    [InlineData(0.34, "b")]
    [InlineData(0.67, "c")]
    [InlineData(1.0, "c")]
    public void Choices_share_the_interval(double x, string expected) =>
        Assert.Equal(expected, new ChoiceOption("a", "b", "c").SampleFromFeatureSpace([x]).AsType<string>());

    [Fact]
    public void Every_choice_comes_back_from_its_coordinate()
    {
        var option = new ChoiceOption([.. Enumerable.Range(0, 1000).Select(i => (object)i)]);
        foreach (Parameter choice in option.Choices) Assert.Equal(choice, option.SampleFromFeatureSpace(option.MappingToFeatureSpace(choice)));
    }

    [Fact]
    public void A_single_choice_has_no_coordinate()
    {
        var option = new ChoiceOption("only");
        Assert.Equal(0, option.FeatureSpaceDim);
        Assert.Empty(option.Step);
        Assert.Equal("only", option.SampleFromFeatureSpace([]).AsType<string>());
    }

    [Fact]
    public void A_range_that_is_empty_or_not_positive_on_a_logarithmic_scale_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new UniformIntOption(3, 3));
        Assert.Throws<ArgumentException>(() => new UniformDoubleOption(0, 3, logBase: true));
        Assert.Throws<ArgumentException>(() => new UniformDoubleOption(double.NaN, 3));
        Assert.Throws<ArgumentException>(() => new ChoiceOption("a", "a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformIntOption(0, 3).MappingToFeatureSpace(Parameter.FromInt(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformIntOption(0, 3).SampleFromFeatureSpace([double.NaN]));
    }
}
