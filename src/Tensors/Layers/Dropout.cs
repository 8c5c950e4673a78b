namespace MLPipelines.Tensors.Layers;

/// <summary>While training, sets elements to 0 with a probability and scales the others so that the expectation stays (Srivastava and others 2014).</summary>
/// <param name="rate">The probability of 0, from 0 to before 1.</param>
/// <param name="random">Decides which.</param>
public sealed class Dropout(float rate, RandomSource random) : Layer
{
    public override Tensor Forward(Tensor x) => IsTraining ? x.Dropout(rate, random) : x;
}
