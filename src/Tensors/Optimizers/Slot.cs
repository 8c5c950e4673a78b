namespace MLPipelines.Tensors.Optimizers;

/// <summary>A parameter with what an optimizer keeps for it.</summary>
internal sealed class Slot(NamedTensor parameter, float weightDecay, float rateScale, int stateCount)
{
    internal string Name => parameter.Name;
    internal Tensor Parameter => parameter.Tensor;
    internal float WeightDecay => weightDecay;
    internal float RateScale => rateScale;

    /// <summary>Tensors of the parameter's shape, zero at first.</summary>
    internal Tensor[] State { get; } = [.. Enumerable.Range(0, stateCount).Select(_ => Tensor.Zeros(parameter.Tensor.Shape, parameter.Tensor.Device).Keep())];
}
