using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Projects vectors onto directions of most variance; see <see cref="PrincipalComponentAnalyzer"/>.</summary>
public sealed class PrincipalComponentAnalysisTransformer : OneToOneTransformer<PrincipalProjection>
{
    internal const string StepName = "principal-component-projection";

    internal PrincipalComponentAnalysisTransformer(IReadOnlyList<PrincipalProjection> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static PrincipalComponentAnalysisTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, PrincipalProjection.Load));
}

/// <summary>The directions that one column is projected onto.</summary>
public sealed class PrincipalProjection : ColumnMapping
{
    private readonly RowMatrix _directions;
    private readonly float[] _projectedMean;

    internal PrincipalProjection(InputOutputColumnPair columns, RowMatrix directions, float[] projectedMean) : base(columns) =>
        (_directions, _projectedMean) = (directions, projectedMean);

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        _directions.Check(input, PrincipalComponentAnalysisTransformer.StepName);
        return new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, _directions.RowCount), null, [input.Index], () => CreateKernel(input.Index));
    }

    private ColumnKernel CreateKernel(int source)
    {
        int rank = _directions.RowCount;
        var result = new VectorColumn<float>(rank);
        return batch =>
        {
            var rows = (VectorColumn<float>)batch[source];
            Span<float> projected = result.Resize(rows.RowCount);
            for (int row = 0; row < rows.RowCount; row++)
            {
                Span<float> target = projected.Slice(row * rank, rank);
                _directions.Multiply(rows[row], target);
                TensorPrimitives.Subtract(target, _projectedMean, target);
            }
            return result;
        };
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        _directions.Save(writer, "directions");
        writer.WriteArray<float>("projected-mean", _projectedMean, _projectedMean.Length);
    }

    internal static PrincipalProjection Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        RowMatrix directions = RowMatrix.Load(reader, "directions");
        return new(columns, directions, reader.ReadArray<float>("projected-mean", directions.RowCount));
    }
}
