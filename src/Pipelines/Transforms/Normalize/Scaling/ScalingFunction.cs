using System.Collections.Immutable;
using static MLPipelines.Transforms.NormalizingTransformer;

namespace MLPipelines.Transforms;

/// <summary><c>(x − offset) · scale</c> of each slot, or the normal distribution function of that.</summary>
internal sealed class ScalingFunction : NormalizerFunction
{
    internal const string Affine = "affine";
    internal const string Distribution = "distribution";
    internal const string LogDistribution = "log-distribution";

    // As ML.NET computes it, to 2.5e-4.
    internal const string ApproximateDistribution = "approximate-distribution";
    internal const string ApproximateLogDistribution = "approximate-log-distribution";

    private readonly double[] _offsets;
    private readonly double[] _scales;

    private ScalingFunction(string kind, double[] offsets, double[] scales) => (Kind, _offsets, _scales) = (kind, offsets, scales);

    internal ScalingFunction(string kind, IReadOnlyList<SlotScale> slots) : this(kind, [.. slots.Select(slot => slot.Offset)], [.. slots.Select(slot => slot.Scale)]) { }

    private protected override string Kind { get; }

    internal override SlotFunction<T, T> ToFunction<T>() =>
        Kind == Affine ? new SlotScaling<T>(_offsets, _scales) : new SlotDistribution<T>(_offsets, _scales, UsesLog, Kind is ApproximateDistribution or ApproximateLogDistribution);

    private bool UsesLog => Kind is LogDistribution or ApproximateLogDistribution;

    internal override NormalizerModelParametersBase ToParameters<T>(bool isVector)
    {
        ImmutableArray<T> offsets = Of<T>(_offsets), scales = Of<T>(_scales);
        // A slot that says nothing has the scale 0, and a deviation of 0.
        ImmutableArray<T> deviations = Of<T>(_scales.Select(scale => scale == 0 ? 0 : 1 / scale));
        bool useLog = UsesLog;
        return (isVector, Kind == Affine) switch
        {
            (true, true) => new AffineNormalizerModelParameters<ImmutableArray<T>>(scales, offsets),
            (false, true) => new AffineNormalizerModelParameters<T>(scales[0], offsets[0]),
            (true, false) => new CdfNormalizerModelParameters<ImmutableArray<T>>(offsets, deviations, useLog),
            (false, false) => new CdfNormalizerModelParameters<T>(offsets[0], deviations[0], useLog),
        };
    }

    internal static ScalingFunction Load(string kind, ModelStepReader reader, int slots) =>
        new(kind, reader.ReadArray<double>("offsets", slots), reader.ReadArray<double>("scales", slots));

    private protected override void SaveNumbers(ModelStepWriter writer)
    {
        writer.WriteArray<double>("offsets", _offsets, _offsets.Length);
        writer.WriteArray<double>("scales", _scales, _scales.Length);
    }
}
