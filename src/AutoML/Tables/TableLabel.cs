using MLPipelines.Data;
using MLPipelines.Transforms;
using static MLPipelines.AutoML.CSharpExpression;

namespace MLPipelines.AutoML;

/// <summary>The columns that are made of the label, and of the groups, before a search: none of them is part of the model.</summary>
/// <param name="Column">The label as trainers and metrics want it: a key for classes, a number otherwise.</param>
/// <param name="TruthColumn">For two classes, whether it is the second; <see langword="null"/> otherwise.</param>
/// <param name="GroupColumn">The key of the groups; <see langword="null"/> without groups.</param>
/// <param name="Steps">What makes these columns.</param>
internal sealed record TableLabel(string Column, string? TruthColumn, string? GroupColumn, IReadOnlyList<ChainStep> Steps)
{
    internal static TableLabel Of(MLContext context, TabularExperimentOptions options, IDataView data)
    {
        DataViewSchema.Column label = Require(data.Schema, options.LabelColumn, "Label column");
        if (label.Type is VectorDataViewType) throw new ArgumentOutOfRangeException(nameof(options), $"Label column '{label.Name}' is {label.Type}, expected one value per row.");
        var steps = new List<ChainStep>();
        string? group = Group(options, data.Schema, steps);
        return options.Task == AutoMLTask.Classification ? Classes(context, data, label, group, steps) : Number(data.Schema, label, group, steps, options.Task);
    }

    /// <summary>The rows with the columns that the steps make.</summary>
    internal IDataView Apply(MLContext context, IDataView data) => Steps.Aggregate(data, (rows, step) => step.Create(context).Fit(rows).Transform(rows));

    private static TableLabel Classes(MLContext context, IDataView data, DataViewSchema.Column label, string? group, List<ChainStep> steps)
    {
        string key = label.Name;
        if (label.Type is not KeyDataViewType)
        {
            key = NewName(data.Schema, "LabelKey");
            // Sorted, so that of two classes the second is the one that "positive" means: 1 of 0 and 1, yes of no and yes.
            steps.Add(new(c => c.Transforms.Conversion.MapValueToKey(key, label.Name, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue),
                $"mlContext.Transforms.Conversion.MapValueToKey({Literal(key)}, {Literal(label.Name)}, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)"));
        }
        DataViewSchema.Column keyed = steps.Count == 0 ? label : steps[^1].Create(context).Fit(data).GetOutputSchema(data.Schema)[key];
        string? truth = KeyValues.Of(keyed) is { Count: 2 } values ? Truth(data.Schema, label, values, steps) : null;
        return new TableLabel(key, truth, group, steps);
    }

    /// <summary>Whether the label is the second of two classes.</summary>
    private static string? Truth(DataViewSchema schema, DataViewSchema.Column label, KeyValues values, List<ChainStep> steps)
    {
        if (label.Type is BooleanDataViewType) return label.Name;
        string name = NewName(schema, "LabelIsSecond");
        switch (values)
        {
            case KeyValues<ReadOnlyMemory<char>> when label.Type is TextDataViewType:
                string[] texts = [values.TextOf(0), values.TextOf(1)];
                steps.Add(new(c => c.Transforms.Conversion.MapValue(name, new KeyValuePair<string, bool>[] { new(texts[0], false), new(texts[1], true) }, label.Name), Code("string", Literal(texts[0]), Literal(texts[1]))));
                return name;
            case KeyValues<float> numbers:
                float first = numbers.Values[0], second = numbers.Values[1];
                steps.Add(new(c => c.Transforms.Conversion.MapValue(name, new KeyValuePair<float, bool>[] { new(first, false), new(second, true) }, label.Name), Code("float", Literal(first), Literal(second))));
                return name;
            default:
                return null;
        }

        string Code(string type, string first, string second) =>
            $"mlContext.Transforms.Conversion.MapValue({Literal(name)}, new[] {{ KeyValuePair.Create<{type}, bool>({first}, false), KeyValuePair.Create<{type}, bool>({second}, true) }}, {Literal(label.Name)})";
    }

    private static TableLabel Number(DataViewSchema schema, DataViewSchema.Column label, string? group, List<ChainStep> steps, AutoMLTask task)
    {
        if (label.Type is not (NumberDataViewType or BooleanDataViewType)) throw new ArgumentOutOfRangeException(nameof(label),
            $"Label column '{label.Name}' is {label.Type}, expected a number.{(task == AutoMLTask.Regression ? " Classification predicts labels of any type." : "")}");
        if (label.Type.Equals(NumberDataViewType.Single)) return new TableLabel(label.Name, null, group, steps);
        string name = NewName(schema, "LabelNumber");
        steps.Add(new(c => c.Transforms.Conversion.ConvertType(name, label.Name, DataKind.Single),
            $"mlContext.Transforms.Conversion.ConvertType({Literal(name)}, {Literal(label.Name)}, DataKind.Single)"));
        return new TableLabel(name, null, group, steps);
    }

    private static string? Group(TabularExperimentOptions options, DataViewSchema schema, List<ChainStep> steps)
    {
        if (options.GroupColumn is not { } name)
            return options.Task != AutoMLTask.Ranking ? null : throw new ArgumentException("Ranking needs a group column: GroupColumn names the column whose rows are ranked against each other.", nameof(options));
        DataViewSchema.Column group = Require(schema, name, "Group column");
        if (options.Task != AutoMLTask.Ranking || group.Type is KeyDataViewType) return name;
        string key = NewName(schema, "GroupKey");
        steps.Add(new(c => c.Transforms.Conversion.MapValueToKey(key, name), $"mlContext.Transforms.Conversion.MapValueToKey({Literal(key)}, {Literal(name)})"));
        return key;
    }

    private static string NewName(DataViewSchema schema, string wanted)
    {
        while (schema.GetColumnOrNull(wanted) is not null) wanted += "_";
        return wanted;
    }

    private static DataViewSchema.Column Require(DataViewSchema schema, string name, string what) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"{what} '{name}' not found. The columns are: {schema}.");
}
