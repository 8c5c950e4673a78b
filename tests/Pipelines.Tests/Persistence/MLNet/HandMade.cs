using MLPipelines.Data;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>Components that tests write by hand, and the answers of what becomes of them.</summary>
internal static class HandMade
{
    internal static readonly VectorDataViewType Two = new(NumberDataViewType.Single, 2);

    internal static ComponentWriter Component(string loader, uint version) => new(loader, 0x00010000 + version);

    internal static ComponentWriter Term(string output, string input, params string[] values) =>
        Component("TermTransform", 3).Pair(output, input).Bytes(0).Inner("Vocabulary", new ComponentWriter("TermManager", 0x00010002).Ints(1).Bytes(0).Ints(values.Length).Names(values));

    internal static ComponentWriter Linear(string loader, uint version, float bias, params float[] weights) =>
        new ComponentWriter(loader, version).Ints(4).Singles(bias).Ints(weights.Length, 0, weights.Length).Singles(weights);

    /// <summary>Trees of one leaf each.</summary>
    internal static ComponentWriter Leaves(string loader, uint version, byte kind, params double[] values)
    {
        var component = new ComponentWriter(loader, version).Ints(4, values.Length);
        foreach (double value in values)
        {
            // One leaf; no children, features, categories, thresholds of bins, thresholds, missing values; the leaf; no gains and the like.
            component.Bytes(kind).Ints(1).Doubles(0, 1).Ints(0, 0, 0, 0, 0, 0, 0, 1).Doubles(value).Ints(0, 0, 0);
            if (kind == 2) component.Ints(0, 0);
        }
        return component.Doubles(0).Ints(-1, -1, 2);
    }

    /// <summary>What a model predicts for the features 2 and 3, or others.</summary>
    internal static object[] Predict(string step, ComponentWriter model, Func<ComponentWriter, ComponentWriter>? more = null, string[]? names = null, float[]? values = null)
    {
        ComponentWriter component = Component(step, 1).Names("Features");
        component = (more?.Invoke(component) ?? component).Inner("Model", model).Entry("TrainSchema", ComponentWriter.Columns(Schema(("Features", Two))));
        return Answer(names ?? ["Score"], [("Features", values ?? [2f, 3f])], component);
    }

    internal static object[] Answer(string[] names, (string Name, object Value)[] row, params ComponentWriter[] steps)
    {
        DataViewSchema schema = SchemaOfRow(row);
        return Answers(Load(schema, steps), schema, names, [.. row.Select(column => column.Value)]);
    }

    internal static string SchemaOf((string Name, object Value)[] row, params ComponentWriter[] steps) => Load(SchemaOfRow(row), steps).GetOutputSchema(SchemaOfRow(row)).ToString()!;

    internal static ITransformer Load(DataViewSchema? schema, params ComponentWriter[] steps) => new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.File(schema, steps)), out _);

    internal static object[] Answers(ITransformer model, DataViewSchema schema, string[] names, object[] values)
    {
        BatchColumn[] columns = [.. schema.Select(column => BatchColumn.Create(column.Type))];
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] is TextColumn texts) texts.Append((string)values[i]);
            else if (columns[i] is VectorColumn<float> vectors) vectors.Append((float[])values[i]);
            else ((ValueColumn<float>)columns[i]).Append((float)values[i]);
        }
        BatchView view = BatchView.Of(model.Transform(new BlockView(schema, [columns])));
        return [.. names.Select(name => view.ReadColumns(view.Schema[name].Index)[0].GetObject(0)!)];
    }

    internal static DataViewSchema SchemaOfRow((string Name, object Value)[] row) => Schema([.. row.Select(column =>
        (column.Name, column.Value switch { string => TextDataViewType.Instance, float[] vector => new VectorDataViewType(NumberDataViewType.Single, vector.Length), _ => (DataViewType)NumberDataViewType.Single }))]);

    internal static DataViewSchema Schema(params (string Name, DataViewType Type)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type) in columns) builder.AddColumn(name, type, null);
        return builder.ToSchema();
    }

    internal static void Same(float[] expected, object found) => Assert.Equal(expected, (float[])found);

    internal static bool Close(float a, float b) => Math.Abs(a - b) <= 1e-5f;
}
