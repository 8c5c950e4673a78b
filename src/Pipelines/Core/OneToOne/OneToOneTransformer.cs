using System.Globalization;

namespace MLPipelines.Transforms;

/// <summary>What was learned for one output column of a <see cref="OneToOneTransformer{TMapping}"/>.</summary>
public abstract class ColumnMapping
{
    protected ColumnMapping(InputOutputColumnPair columns) => Columns = columns;

    public InputOutputColumnPair Columns { get; }

    /// <summary>The output column over an input column of a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is not of the type that was learned from.</exception>
    protected internal abstract OutputColumn Bind(DataViewSchema.Column input);

    /// <summary>Writes what was learned; the names of the columns are written elsewhere.</summary>
    protected internal virtual void Save(ModelStepWriter writer) { }
}

/// <summary>The base of transformers that make one output column from one input column, for each of several pairs.</summary>
public abstract class OneToOneTransformer<TMapping> : RowToRowTransformer where TMapping : ColumnMapping
{
    protected OneToOneTransformer(params IReadOnlyList<TMapping> mappings) => Mappings = mappings;

    protected internal IReadOnlyList<TMapping> Mappings { get; }

    protected sealed override IReadOnlyList<OutputColumn> Bind(DataViewSchema input) =>
        [.. Mappings.Select(mapping => mapping.Bind(Require(input, mapping.Columns.InputColumnName)))];

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("inputs", Mappings.Select(mapping => mapping.Columns.InputColumnName).ToArray());
        writer.Set("outputs", Mappings.Select(mapping => mapping.Columns.OutputColumnName).ToArray());
        for (int i = 0; i < Mappings.Count; i++) Mappings[i].Save(writer.Section(SectionOf(i)));
    }

    /// <summary>Reads what <see cref="Save"/> wrote; <paramref name="load"/> reads what one mapping wrote.</summary>
    protected static IReadOnlyList<TMapping> LoadMappings(ModelStepReader reader, Func<InputOutputColumnPair, ModelStepReader, TMapping> load)
    {
        IReadOnlyList<string> inputs = reader.GetStrings("inputs"), outputs = reader.GetStrings("outputs");
        if (inputs.Count != outputs.Count || inputs.Count == 0) throw reader.Invalid($"{inputs.Count} inputs and {outputs.Count} outputs");
        return [.. inputs.Select((input, i) => load(new InputOutputColumnPair(outputs[i], input), reader.Section(SectionOf(i))))];
    }

    private static string SectionOf(int index) => index.ToString(CultureInfo.InvariantCulture);
}
