using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Tests.Core.Prediction;

public class RowPredictionEngineTests
{
    private static readonly MLContext Context = new(seed: 1);

    /// <summary>Columns of every kind, and a model that shows what arrives in them.</summary>
    private static readonly DataViewSchema Schema = CreateSchema();

    private static DataViewSchema CreateSchema()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Text", TextDataViewType.Instance);
        schema.AddColumn("Single", NumberDataViewType.Single);
        schema.AddColumn("Double", NumberDataViewType.Double);
        schema.AddColumn("Int32", NumberDataViewType.Int32);
        schema.AddColumn("Int64", NumberDataViewType.Int64);
        schema.AddColumn("Byte", NumberDataViewType.Byte);
        schema.AddColumn("Flag", BooleanDataViewType.Instance);
        schema.AddColumn("Key", new KeyDataViewType(typeof(uint), 3));
        schema.AddColumn("Time", DateTimeDataViewType.Instance);
        schema.AddColumn("Offset", DateTimeOffsetDataViewType.Instance);
        schema.AddColumn("Span", TimeSpanDataViewType.Instance);
        schema.AddColumn("Pair", new VectorDataViewType(NumberDataViewType.Single, 2));
        schema.AddColumn("List", new VectorDataViewType(NumberDataViewType.Single));
        schema.AddColumn("Words", new VectorDataViewType(TextDataViewType.Instance));
        schema.AddColumn("Keys", new VectorDataViewType(new KeyDataViewType(typeof(uint), 3)));
        return schema.ToSchema();
    }

    private static RowPredictionEngine Engine(string column) =>
        Context.Model.CreatePredictionEngine(Context.Transforms.CopyColumns("Copy", column).Fit(Empty()), Schema, ["Copy"]);

    private static IDataView Empty()
    {
        var view = new MemoryView();
        foreach (DataViewSchema.Column column in Schema) view.Add(column.Name, column.Type, BatchColumn.Create(column.Type));
        return view;
    }

    private static object? Arrives(string column, object? value) => Engine(column).Predict(new Dictionary<string, object?> { [column] = value })["Copy"];

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static TheoryData<string, string, object?> Values => new()
    {
        { "Text", "\"a\\nb\"", "a\nb" }, { "Text", "12", "12" }, { "Text", "1.5", "1.5" }, { "Text", "true", "True" }, { "Text", "null", "" },
        { "Single", "1.5", 1.5f }, { "Single", "2", 2f }, { "Single", "\"1.5\"", 1.5f }, { "Single", "null", float.NaN }, { "Single", "true", 1f },
        { "Double", "1e300", 1e300 }, { "Double", "null", double.NaN },
        { "Int32", "-7", -7 }, { "Int32", "7.0", 7 }, { "Int32", "\"7\"", 7 }, { "Int32", "null", 0 },
        { "Int64", "9007199254740993", 9007199254740993 }, { "Byte", "255", (byte)255 },
        { "Flag", "true", true }, { "Flag", "\"true\"", true }, { "Flag", "0", false }, { "Flag", "null", false },
        { "Key", "3", 3u }, { "Key", "null", 0u },
        { "Time", "\"2026-01-02T03:04:05\"", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) }, { "Time", "\"2026-01-02T03:04:05Z\"", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) },
        { "Offset", "\"2026-01-02T03:04:05+02:00\"", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)) }, { "Offset", "\"2026-01-02\"", new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero) },
        { "Span", "\"1.02:03:04\"", new TimeSpan(1, 2, 3, 4) },
        { "Pair", "[1, 2.5]", new[] { 1, 2.5f } }, { "Pair", "[1, null]", new[] { 1, float.NaN } }, { "Pair", "null", new[] { float.NaN, float.NaN } },
        { "List", "[]", Array.Empty<float>() }, { "List", "[1,2,3]", new float[] { 1, 2, 3 } }, { "List", "null", Array.Empty<float>() },
        { "Words", "[\"a\", null, 3]", new[] { "a", "", "3" } }, { "Words", "null", Array.Empty<string>() },
        { "Keys", "[1, 3, 0]", new uint[] { 1, 3, 0 } },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Json_values_arrive(string column, string json, object? expected) => Assert.Equal(expected, Arrives(column, Json(json)));

    [Fact]
    public void Values_of_dotnet_arrive()
    {
        Assert.Equal("text", Arrives("Text", "text".AsMemory()));
        Assert.Equal("1.5", Arrives("Text", 1.5m));
        Assert.Equal("x", Arrives("Text", 'x'));
        Assert.Equal(1.5f, Arrives("Single", 1.5));
        Assert.Equal(float.NaN, Arrives("Single", null));
        Assert.Equal(5, Arrives("Int32", 5L));
        Assert.Equal(new float[] { 1, 2 }, Arrives("Pair", new float[] { 1, 2 }));
        Assert.Equal(new float[] { 1, 2 }, Arrives("Pair", new List<int> { 1, 2 }));
        Assert.Equal(new uint[] { 1 }, Arrives("Keys", new[] { 1 }));
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified);
        Assert.Equal(time, Arrives("Time", time));
    }

    [Theory]
    [InlineData("Text", "[1]", "found a list, expected text")]
    [InlineData("Single", "\"many\"", "found \"many\" (String), expected a Single")]
    [InlineData("Single", "[1]", "found a list, expected a Single")]
    [InlineData("Single", "{\"a\": 1}", "expected a Single")]
    [InlineData("Int32", "1.5", "found 1.5 (Double), expected a whole number")]
    [InlineData("Int32", "3000000000", "expected a Int32")]
    [InlineData("Byte", "-1", "expected a Byte")]
    [InlineData("Flag", "\"yes\"", "expected a Boolean")]
    [InlineData("Key", "4", "found 4 (Int64), expected a key from 1 to 3, or 0 for a missing one")]
    [InlineData("Key", "-1", "expected a UInt32")]
    [InlineData("Keys", "[1, 9]", "expected a key from 1 to 3")]
    [InlineData("Time", "\"yesterday\"", "found \"yesterday\" (String), expected a DateTime")]
    [InlineData("Pair", "[1]", "expected 2 items instead of 1")]
    [InlineData("Pair", "[1,2,3]", "expected 2 items instead of 3")]
    [InlineData("Pair", "7", "found 7 (Int64), expected a list")]
    [InlineData("Pair", "[1, \"x\"]", "found \"x\" (String), expected a Single")]
    [InlineData("List", "[[1],[2]]", "found a list, expected a Single")]
    [InlineData("Words", "\"word\"", "found \"word\" (String), expected a list")]
    public void A_value_that_does_not_fit_names_its_column(string column, string json, string problem)
    {
        RowPredictionEngine engine = Engine(column);
        var error = Assert.Throws<MLPipelinesException>(() => engine.Predict(new Dictionary<string, object?> { [column] = Json(json) }));
        Assert.StartsWith($"Column '{column}': ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_keys_of_an_array_are_checked_too() => Assert.Throws<MLPipelinesException>(() => Arrives("Keys", new uint[] { 1, 9 }));

    [Fact]
    public void Only_what_the_outputs_need_must_be_there()
    {
        RowPredictionEngine engine = Engine("Int32");
        Assert.Equal(["Int32"], engine.RequiredColumns);
        Assert.Equal(Schema.Count, engine.InputSchema.Count);
        Assert.Equal(5, engine.Predict(new Dictionary<string, object?> { ["Int32"] = 5, ["Color"] = "red", ["Text"] = new object() })["Copy"]);
        var error = Assert.Throws<MLPipelinesException>(() => engine.Predict(new Dictionary<string, object?> { ["int32"] = 5 }));
        Assert.Equal("The row has no value for column 'Int32'. The model needs: Int32; found: int32.", error.Message);
    }

    [Fact]
    public void Without_a_choice_the_outputs_are_what_a_model_predicts_else_what_it_adds()
    {
        IDataView data = new MemoryView().AddVectors("Features", [[0f, 1f], [1f, 0f]]).AddKeys("Label", [1, 2], "no", "yes");
        ITransformer model = Context.MulticlassClassification.Trainers.LinearSvm().Append(Context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        var prediction = Context.Model.CreatePredictionEngine(model, data.Schema).Predict(new Dictionary<string, object?> { ["Features"] = new[] { 1f, 0f } });
        Assert.Equal(["PredictedLabel", "Score"], prediction.Keys);
        Assert.Equal("yes", prediction["PredictedLabel"]);
        Assert.Equal(2, ((float[])prediction["Score"]!).Length);

        var copy = Context.Transforms.CopyColumns("Copy", "Text").Fit(Empty());
        Assert.Equal(["Copy"], Context.Model.CreatePredictionEngine(copy, Schema).Predict(new Dictionary<string, object?> { ["Text"] = "a" }).Keys);
        Assert.Throws<ArgumentOutOfRangeException>(() => Context.Model.CreatePredictionEngine(copy, Schema, ["Absent"]));
    }

    [Fact]
    public void An_error_does_not_spoil_the_next_row()
    {
        RowPredictionEngine engine = Context.Model.CreatePredictionEngine(Context.Transforms.Concatenate("Copy", "Single", "Pair").Fit(Empty()), Schema, ["Copy"]);
        for (int i = 0; i < 3; i++)
        {
            Assert.Throws<MLPipelinesException>(() => engine.Predict(new Dictionary<string, object?> { ["Single"] = 1, ["Pair"] = "x" }));
            Assert.Equal(new float[] { i, 1, 2 }, engine.Predict(new Dictionary<string, object?> { ["Single"] = i, ["Pair"] = new[] { 1f, 2f } })["Copy"]);
        }
    }

    [Fact]
    public void Eight_threads_get_the_answers_of_one()
    {
        RowPredictionEngine engine = Engine("Text");
        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal($"text {i}", engine.Predict(new Dictionary<string, object?> { ["Text"] = $"text {i}" })["Copy"]));
    }
}
