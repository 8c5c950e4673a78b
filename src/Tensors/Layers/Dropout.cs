namespace MLPipelines.Tensors.Layers;

/// <inheritdoc cref="Tensor.Dropout(float, RandomSource)"/>
/// <param name="rate">The probability of 0, from 0 to before 1.</param>
/// <param name="random">Decides which.</param>
public sealed class Dropout(float rate, RandomSource random) : Layer
{
    public override Tensor Forward(Tensor x) => IsTraining ? x.Dropout(rate, random) : x;
}
