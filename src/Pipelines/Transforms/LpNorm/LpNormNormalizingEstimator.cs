using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The norms that rows can be scaled to.</summary>
public abstract class LpNormNormalizingEstimatorBase : IEstimator<LpNormNormalizingTransformer>
{
    private readonly LpNormNormalizingTransformer _transformer;

    private protected LpNormNormalizingEstimatorBase(LpNormNormalizingTransformer transformer) => _transformer = transformer;

    /// <summary>What of a vector becomes 1.</summary>
    public enum NormFunction : byte
    {
        /// <summary>The square root of the sum of squares.</summary>
        L2 = 0,

        /// <summary>The standard deviation of the items.</summary>
        StandardDeviation = 1,

        /// <summary>The sum of magnitudes.</summary>
        L1 = 2,

        /// <summary>The largest magnitude.</summary>
        Infinity = 3,
    }

    public LpNormNormalizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer.Copy();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        InputOutputColumnPair columns = _transformer.Columns;
        SchemaShape.Column column = inputSchema.Require(columns.InputColumnName, _transformer.TypeId);
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.IsKey || !column.ItemType.Equals(NumberDataViewType.Single))
            throw ColumnTypeException.Create(_transformer.TypeId, column, LpNormNormalizingTransformer.Expected);
        var annotations = new SchemaShape(column.Annotations.Where(a => a.Name == AnnotationKinds.SlotNames)
            .Append(new SchemaShape.Column(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false)));
        return inputSchema.With(new SchemaShape.Column(columns.OutputColumnName, column.Kind, column.ItemType, isKey: false, annotations));
    }

    internal static class Defaults
    {
        internal const NormFunction Norm = NormFunction.L2;
        internal const bool LpEnsureZeroMean = false;
        internal const bool GcnEnsureZeroMean = true;
        internal const bool EnsureUnitStdDev = false;
        internal const float Scale = 1;
    }
}

/// <summary>
/// Scales each row of a vector column by one over its norm: y = (x - m) / ‖x - m‖, where m is the row's mean or, by default, 0.
/// Rows of zeros stay as they are. Nothing is learned.
/// </summary>
public sealed class LpNormNormalizingEstimator : LpNormNormalizingEstimatorBase
{
    internal LpNormNormalizingEstimator(InputOutputColumnPair columns, NormFunction norm, bool ensureZeroMean)
        : base(new LpNormNormalizingTransformer(columns, norm, ensureZeroMean)) { }
}
