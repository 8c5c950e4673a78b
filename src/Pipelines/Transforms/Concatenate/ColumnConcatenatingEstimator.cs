using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Puts columns side by side into one vector column. All have one item type, which is not a key. A scalar becomes a slot named
/// as its column; the slots of a vector are named <c>Column.slot</c>, where it has slot names. The result is normalized when
/// all the columns are, and has the categorical slot ranges of all that have them. Rows are sparse when those of any column are.
/// Nothing is learned. A single vector column is passed on as it is.
/// </summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(string outputColumnName, string[] inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        if (inputColumnNames.Length == 0) throw new ArgumentException("Concatenate: no input columns were given.", nameof(inputColumnNames));
        foreach (string name in inputColumnNames) ArgumentException.ThrowIfNullOrEmpty(name, nameof(inputColumnNames));
        (_output, _inputs) = (outputColumnName, [.. inputColumnNames]);
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new ColumnConcatenatingTransformer(_output, _inputs);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column[] sources = [.. _inputs.Select(name => inputSchema.Require(name, ColumnConcatenatingTransformer.StepName))];
        foreach (SchemaShape.Column source in sources)
        {
            if (source.IsKey) throw ColumnTypeException.Create(ColumnConcatenatingTransformer.StepName, source, "no key. Conversion.MapKeyToVector makes numbers out of it");
            if (source.ItemType is not PrimitiveDataViewType) throw ColumnTypeException.Create(ColumnConcatenatingTransformer.StepName, source, "numbers. ExtractPixels makes them of images");
            if (!source.ItemType.Equals(sources[0].ItemType)) throw ColumnTypeException.Create(ColumnConcatenatingTransformer.StepName, source,
                $"items of {sources[0].ItemType} as in column '{sources[0].Name}'. Conversion.ConvertType converts");
        }
        return inputSchema.With(OutputColumn(sources));
    }

    private SchemaShape.Column OutputColumn(SchemaShape.Column[] sources)
    {
        const SchemaShape.Column.VectorKind vector = SchemaShape.Column.VectorKind.Vector, variable = SchemaShape.Column.VectorKind.VariableVector;
        var item = sources[0].ItemType;
        if (sources is [{ Kind: not SchemaShape.Column.VectorKind.Scalar } only]) return new(_output, only.Kind, item, isKey: false, only.Annotations);
        bool isVariable = sources.Any(s => s.Kind == variable);
        List<SchemaShape.Column> annotations = [];
        if (item is NumberDataViewType && sources.All(s => s.Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out _)))
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));
        if (!isVariable && sources.Any(s => s.Kind == SchemaShape.Column.VectorKind.Scalar || s.HasSlotNames))
            annotations.Add(new(AnnotationKinds.SlotNames, vector, TextDataViewType.Instance, isKey: false));
        if (!isVariable && sources.Any(s => s.Annotations.TryFindColumn(AnnotationKinds.CategoricalSlotRanges, out _)))
            annotations.Add(new(AnnotationKinds.CategoricalSlotRanges, vector, NumberDataViewType.Int32, isKey: false));
        return new(_output, isVariable ? variable : vector, item, isKey: false, new SchemaShape(annotations));
    }
}
