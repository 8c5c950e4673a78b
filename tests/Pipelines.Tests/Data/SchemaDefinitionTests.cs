using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data;

public class SchemaDefinitionTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed class Point
    {
        public float[] Features { get; set; } = [];

        [ColumnName("Name")]
        public string? Text { get; set; }

        public uint Group;

        public int Length => Features.Length;

        [NoColumn]
        public object? Ignored { get; set; }
    }

    private static readonly Point[] Points = [new() { Features = [1, 2], Text = "a", Group = 0 }, new() { Features = [3, 4], Text = "b", Group = 1 }];

    [Fact]
    public void A_definition_starts_with_what_the_attributes_say()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Point));
        Assert.Equal(["Group→Group: UInt32", "Features→Features: Vector<Single>", "Text→Name: String"], definition.Select(column => $"{column.MemberName}→{column.ColumnName}: {column.ColumnType}"));
        Assert.Equal(ML.Data.LoadFromEnumerable(Points).Schema.ToString(), ML.Data.LoadFromEnumerable(Points, definition).Schema.ToString());
        Assert.Contains(SchemaDefinition.Create(typeof(Point), SchemaDefinition.Direction.Read), column => column.ColumnName == "Length");
        Assert.DoesNotContain(SchemaDefinition.Create(typeof(Point), SchemaDefinition.Direction.Write), column => column.ColumnName is "Length" or "Ignored");
        Assert.Null(definition["Absent"]);
    }

    [Fact]
    public void Names_types_and_annotations_are_set_at_run_time()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Point));
        definition["Features"]!.ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        definition["Features"]!.AddAnnotation(AnnotationKinds.SlotNames, new VBuffer<ReadOnlyMemory<char>>(2, ["x".AsMemory(), "y".AsMemory()]), new VectorDataViewType(TextDataViewType.Instance, 2));
        definition["Name"]!.ColumnName = "Label";
        definition["Group"]!.ColumnType = new KeyDataViewType(typeof(uint), 2);
        IDataView data = ML.Data.LoadFromEnumerable(Points, definition);
        Assert.Equal("Group: Key<UInt32, 0-1>, Features: Vector<Single, 2>, Label: String", data.Schema.ToString());
        Assert.Equal(["x", "y"], ViewContents.SlotNames(data, "Features"));
        Assert.Equal(["a", "b"], data.GetColumn<string>("Label"));
        Assert.Equal([1u, 2], data.GetColumn<uint>("Group"));

        Point[] back = [.. ML.Data.CreateEnumerable<Point>(data, reuseRowObject: false, schemaDefinition: definition)];
        Assert.Equal(("b", 2u), (back[1].Text, back[1].Group));
        Assert.Equal([3f, 4], back[1].Features);
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.CreateEnumerable<Point>(data, reuseRowObject: false));
    }

    [Fact]
    public void Columns_are_left_out_and_added()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Point));
        definition.RemoveAll(column => column.ColumnName != "Group");
        Assert.Equal("Group: UInt32", ML.Data.LoadFromEnumerable(Points, definition).Schema.ToString());
        definition["Length"] = SchemaDefinition.Create(typeof(Point), SchemaDefinition.Direction.Read)["Length"];
        Assert.Equal([2, 2], ML.Data.LoadFromEnumerable(Points, definition).GetColumn<int>("Length"));
        Assert.Throws<ArgumentException>(() => definition["Other"] = definition["Length"]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_any_row_is_read()
    {
        SchemaDefinition wrongType = SchemaDefinition.Create(typeof(Point));
        wrongType["Features"]!.ColumnType = NumberDataViewType.Single;
        Assert.Contains("Point.Features is float[], but column 'Features' is Single", Assert.Throws<InvalidOperationException>(() => ML.Data.LoadFromEnumerable(Points, wrongType)).Message, StringComparison.Ordinal);
        SchemaDefinition twice = SchemaDefinition.Create(typeof(Point));
        twice["Name"]!.ColumnName = "Group";
        Assert.Contains("both stand for column 'Group'", Assert.Throws<InvalidOperationException>(() => ML.Data.LoadFromEnumerable(Points, twice)).Message, StringComparison.Ordinal);
        SchemaDefinition ofAnother = SchemaDefinition.Create(typeof(Scored));
        Assert.Contains("no public property or field 'Renamed'", Assert.Throws<ArgumentException>(() => ML.Data.LoadFromEnumerable(Points, ofAnother)).Message, StringComparison.Ordinal);
        var column = SchemaDefinition.Create(typeof(Point))["Group"]!;
        Assert.Throws<ArgumentException>(() => column.AddAnnotation("Kind", 1f, NumberDataViewType.Double));
        column.AddAnnotation("Kind", 1f, NumberDataViewType.Single);
        Assert.Throws<InvalidOperationException>(() => column.AddAnnotation("Kind", 1f, NumberDataViewType.Single));
    }

    private sealed class Scored
    {
        public float[] Renamed { get; set; } = [];
    }

    [Fact]
    public void A_prediction_engine_takes_definitions_of_input_and_output()
    {
        SchemaDefinition input = SchemaDefinition.Create(typeof(Point));
        input["Features"]!.ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        input["Features"]!.ColumnName = "Input";
        SchemaDefinition output = SchemaDefinition.Create(typeof(Scored));
        output["Renamed"]!.ColumnName = "Output";
        ITransformer model = ML.Transforms.CopyColumns("Output", "Input").Fit(ML.Data.LoadFromEnumerable(Points, input));
        Assert.Equal([3f, 4], ML.Model.CreatePredictionEngine<Point, Scored>(model, inputSchemaDefinition: input, outputSchemaDefinition: output).Predict(Points[1]).Renamed);
        var options = new PredictionEngineOptions { InputSchemaDefinition = input, OutputSchemaDefinition = output, IgnoreMissingColumns = false };
        Assert.Equal([1f, 2], ML.Model.CreatePredictionEngine<Point, Scored>(model, options).Predict(Points[0]).Renamed);
    }
}
