using System.Collections.Immutable;
using System.Numerics;

namespace MLPipelines.Transforms;

/// <summary>The numbers that a normalizer learned of the slots of a column, and the function that they make.</summary>
internal abstract class NormalizerFunction
{
    /// <summary>The name of the kind in model files.</summary>
    private protected abstract string Kind { get; }

    internal abstract SlotFunction<T, T> ToFunction<T>() where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract NormalizingTransformer.NormalizerModelParametersBase ToParameters<T>(bool isVector) where T : unmanaged, IFloatingPointIeee754<T>;

    private protected abstract void SaveNumbers(ModelStepWriter writer);

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("function", Kind);
        SaveNumbers(writer);
    }

    internal static NormalizerFunction Load(ModelStepReader reader, int slots)
    {
        // Version 1 had the first two kinds only, told apart by a truth value.
        string kind = reader.Version > 1 ? reader.GetString("function") : reader.GetBoolean("distribution") ? ScalingFunction.Distribution : ScalingFunction.Affine;
        return kind switch
        {
            ScalingFunction.Affine or ScalingFunction.Distribution or ScalingFunction.LogDistribution or ScalingFunction.ApproximateDistribution or ScalingFunction.ApproximateLogDistribution => ScalingFunction.Load(kind, reader, slots),
            BinningFunction.Bins => BinningFunction.LoadNumbers(reader, slots),
            _ => throw reader.Invalid($"parameter 'function' is '{kind}', which this version does not know"),
        };
    }

    /// <summary>One number per slot in the type of the column.</summary>
    private protected static ImmutableArray<T> Of<T>(IEnumerable<double> values) where T : unmanaged, IFloatingPointIeee754<T> => [.. values.Select(T.CreateSaturating)];
}
