using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Transforms;

/// <summary>Scales rows to a norm, as <see cref="LpNormNormalizingEstimator"/> was told to.</summary>
public sealed class LpNormNormalizingTransformer : RowToRowTransformer
{
    internal const string Expected = "a vector of Single with a known size";

    private readonly LpNormNormalizingEstimatorBase.NormFunction _norm;
    private readonly bool _ensureZeroMean;
    private readonly float _scale;

    internal LpNormNormalizingTransformer(InputOutputColumnPair columns, LpNormNormalizingEstimatorBase.NormFunction norm, bool ensureZeroMean, float scale = 1)
    {
        if (!Enum.IsDefined(norm)) throw new ArgumentOutOfRangeException(nameof(norm), norm, "Expected L1, L2, Infinity or StandardDeviation.");
        if (!(scale > 0 && float.IsFinite(scale))) throw new ArgumentOutOfRangeException(nameof(scale), scale, "Expected a number above 0.");
        (Columns, _norm, _ensureZeroMean, _scale) = (columns, norm, ensureZeroMean, scale);
    }

    public override string TypeId => "lp-norm-normalizing";

    public override int Version => 2;

    internal InputOutputColumnPair Columns { get; }

    /// <summary>The norm, where rows are scaled to 1 and nothing else is done.</summary>
    internal LpNormNormalizingEstimatorBase.NormFunction? PlainNorm => _ensureZeroMean || _scale != 1 ? null : _norm;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = Require(input, Columns.InputColumnName);
        if (source.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw ColumnTypeException.Create(TypeId, source, Expected);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return [new OutputColumn(Columns.OutputColumnName, vector, annotations.ToAnnotations(), [source.Index], () => Normalize(source.Index, vector.Size))];
    }

    private ColumnKernel Normalize(int source, int size)
    {
        var result = new VectorColumn<float>(size);
        float[] values = [];
        return batch =>
        {
            var vectors = (VectorColumn<float>)batch[source];
            result.Reset(size, vectors.IsDense || _ensureZeroMean);
            for (int row = 0; row < vectors.RowCount; row++)
            {
                RowVector<float> vector = vectors[row];
                if (result.IsDense)
                {
                    Span<float> items = result.AppendDense(size);
                    vector.CopyTo(items);
                    if (_ensureZeroMean) LpNorm.NormalizeAroundMean(items, _norm, _scale);
                    else LpNorm.Normalize(items, size, _norm, _scale);
                    continue;
                }
                if (values.Length < vector.Values.Length) values = new float[Math.Max(vector.Values.Length, values.Length * 2)];
                Span<float> stored = values.AsSpan(0, vector.Values.Length);
                vector.Values.CopyTo(stored);
                LpNorm.Normalize(stored, size, _norm, _scale);
                result.Append(vector.Indices, stored);
            }
            return result;
        };
    }

    internal LpNormNormalizingTransformer Copy() => (LpNormNormalizingTransformer)MemberwiseClone();

    public override void Save(ModelStepWriter writer)
    {
        Columns.Save(writer);
        writer.Set("norm", _norm.ToString());
        writer.Set("ensureZeroMean", _ensureZeroMean);
        writer.Set("scale", _scale);
    }

    internal static LpNormNormalizingTransformer Load(ModelStepReader reader) => new(
        TextColumns.LoadPair(reader), reader.GetEnum<LpNormNormalizingEstimatorBase.NormFunction>("norm"), reader.GetBoolean("ensureZeroMean"),
        // Version 1 had no scale.
        reader.Version > 1 ? (float)reader.GetDouble("scale") : 1);
}
