using System.Text.Json;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.Tests.SearchSpaces;

public sealed class ParameterTests
{
    [Fact]
    public void A_parameter_means_the_same_after_json()
    {
        var parameter = Parameter.FromObject(new Options
        {
            Whole = 3, Big = 1L << 60, Half = 0.1f, Third = 1.0 / 3, Flag = true, Text = "a \"quoted\" é", Letter = 'x', Day = DayOfWeek.Friday,
            Names = ["b", "c"], Inner = new Nested { Rate = 3.0 }, Infinite = double.PositiveInfinity,
        });
        Parameter read = Parameter.Parse(parameter.ToString());
        Assert.Equal(parameter, read);
        Assert.Equal(parameter.GetHashCode(), read.GetHashCode());
        Options options = read.AsType<Options>();
        Assert.Equal((3, 1L << 60, 0.1f, 1.0 / 3, true, 'x'), (options.Whole, options.Big, options.Half, options.Third, options.Flag, options.Letter));
        Assert.Equal(("a \"quoted\" é", DayOfWeek.Friday, 3.0, double.PositiveInfinity), (options.Text, options.Day, options.Inner!.Rate, options.Infinite));
        Assert.Equal(["b", "c"], options.Names!);
        Assert.Null(options.Missing);
        Assert.Contains("\"Half\":0.1,", parameter.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_serializer_reads_and_writes_parameters()
    {
        var parameter = Parameter.CreateNestedParameter(KeyValuePair.Create("a", Parameter.FromIEnumerable(new[] { 1, 2 })));
        string json = JsonSerializer.Serialize(parameter);
        Assert.Equal("{\"a\":[1,2]}", json);
        Assert.Equal([1, 2], JsonSerializer.Deserialize<Parameter>(json)!["a"].AsType<int[]>());
    }

    [Fact]
    public void The_order_of_names_does_not_matter()
    {
        Assert.Equal(Parameter.Parse("""{"a":1,"b":[{"c":2.0,"d":3}]}"""), Parameter.Parse("""{"b":[{"d":3,"c":2}],"a":1}"""));
        Assert.NotEqual(Parameter.Parse("""{"a":1}"""), Parameter.Parse("""{"a":"1"}"""));
    }

    [Fact]
    public void A_value_of_another_kind_is_refused_with_what_was_found()
    {
        Assert.Equal("The parameter 3.5 is no Int32.", Assert.Throws<MLPipelinesException>(() => Parameter.FromDouble(3.5).AsType<int>()).Message);
        Assert.Equal("The parameter \"Sonday\" is no DayOfWeek.", Assert.Throws<MLPipelinesException>(() => Parameter.FromString("Sonday").AsType<DayOfWeek>()).Message);
        Assert.Throws<MLPipelinesException>(() => Parameter.Parse("{"));
        Assert.Contains("it has a", Assert.Throws<KeyNotFoundException>(() => Parameter.Parse("""{"a":1}""")["b"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_is_read_as_any_type_of_number_that_holds_it()
    {
        Assert.Equal(3, Parameter.FromDouble(3).AsType<int>());
        Assert.Equal(3f, Parameter.FromInt(3).AsType<float>());
        Assert.Equal(0.1, Parameter.FromFloat(0.1f).AsType<double>());
        Assert.Equal(3, Parameter.FromInt(3).AsType<int?>());
    }

    public sealed class Options
    {
        public int Whole;

        public long Big { get; set; }

        public float Half { get; set; }

        public double Third { get; set; }

        public double Infinite { get; set; }

        public bool Flag { get; set; }

        public string? Text { get; set; }

        public string? Missing { get; set; }

        public char Letter { get; set; }

        public DayOfWeek Day { get; set; }

        public string[]? Names { get; set; }

        public Nested? Inner { get; set; }
    }

    public sealed class Nested
    {
        public double Rate { get; set; }
    }
}
