using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Maps vectors to random features; see <see cref="ApproximatedKernelMappingEstimator"/>.</summary>
public sealed class ApproximatedKernelTransformer : OneToOneTransformer<KernelFeatures>
{
    internal const string StepName = "approximated-kernel-map";

    internal ApproximatedKernelTransformer(IReadOnlyList<KernelFeatures> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static ApproximatedKernelTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, KernelFeatures.Load));
}

/// <summary>The random features of one column.</summary>
public sealed class KernelFeatures : ColumnMapping
{
    private readonly RowMatrix _frequencies;
    private readonly float[] _phases;

    /// <param name="columns">The input and output column.</param>
    /// <param name="frequencies">(rank, size)</param>
    /// <param name="phases">(rank), or none for a cosine and a sine of each frequency.</param>
    internal KernelFeatures(InputOutputColumnPair columns, RowMatrix frequencies, float[] phases) : base(columns) => (_frequencies, _phases) = (frequencies, phases);

    private bool UsesSines => _phases.Length == 0;

    private int FeatureCount => UsesSines ? _frequencies.RowCount * 2 : _frequencies.RowCount;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        _frequencies.Check(input, ApproximatedKernelTransformer.StepName);
        return new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, FeatureCount), null, [input.Index], () => CreateKernel(input.Index));
    }

    private ColumnKernel CreateKernel(int source)
    {
        var result = new VectorColumn<float>(FeatureCount);
        float[] products = new float[_frequencies.RowCount];
        return batch =>
        {
            var rows = (VectorColumn<float>)batch[source];
            Span<float> features = result.Resize(rows.RowCount);
            for (int row = 0; row < rows.RowCount; row++)
            {
                _frequencies.Multiply(rows[row], products);
                Finish(products, features.Slice(row * result.Size, result.Size));
            }
            return result;
        };
    }

    private void Finish(float[] products, Span<float> features)
    {
        float scale = MathF.Sqrt((UsesSines ? 1f : 2f) / products.Length);
        if (!UsesSines)
        {
            TensorPrimitives.Add(products, _phases, features);
            TensorPrimitives.Cos(features, features);
            TensorPrimitives.Multiply(features, scale, features);
            return;
        }
        for (int i = 0; i < products.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos(products[i]);
            (features[2 * i], features[(2 * i) + 1]) = (cosine * scale, sine * scale);
        }
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        _frequencies.Save(writer, "frequencies");
        writer.WriteArray<float>("phases", _phases, _phases.Length);
    }

    internal static KernelFeatures Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        RowMatrix frequencies = RowMatrix.Load(reader, "frequencies");
        float[] phases = reader.ReadArray<float>("phases", -1);
        return phases.Length == 0 || phases.Length == frequencies.RowCount
            ? new(columns, frequencies, phases) : throw reader.Invalid($"{phases.Length} phases do not fit {frequencies.RowCount} frequencies");
    }
}
