using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Makes the slots of vectors uncorrelated; see <see cref="VectorWhiteningEstimator"/>.</summary>
public sealed class VectorWhiteningTransformer : OneToOneTransformer<Whitening>
{
    internal const string StepName = "vector-whitening";

    internal VectorWhiteningTransformer(IReadOnlyList<Whitening> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static VectorWhiteningTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, Whitening.Load));
}

/// <summary>The matrix that whitens one column.</summary>
public sealed class Whitening : ColumnMapping
{
    private readonly RowMatrix _matrix;

    internal Whitening(InputOutputColumnPair columns, RowMatrix matrix) : base(columns) => _matrix = matrix;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        _matrix.Check(input, VectorWhiteningTransformer.StepName);
        return new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, _matrix.RowCount), null, [input.Index], () => CreateKernel(input.Index));
    }

    private ColumnKernel CreateKernel(int source)
    {
        int size = _matrix.RowCount;
        var result = new VectorColumn<float>(size);
        return batch =>
        {
            var rows = (VectorColumn<float>)batch[source];
            Span<float> whitened = result.Resize(rows.RowCount);
            for (int row = 0; row < rows.RowCount; row++) _matrix.Multiply(rows[row], whitened.Slice(row * size, size));
            return result;
        };
    }

    protected internal override void Save(ModelStepWriter writer) => _matrix.Save(writer, "directions");

    internal static Whitening Load(InputOutputColumnPair columns, ModelStepReader reader) => new(columns, RowMatrix.Load(reader, "directions"));
}
