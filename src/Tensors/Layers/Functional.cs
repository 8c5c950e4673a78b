namespace MLPipelines.Tensors.Layers;

/// <summary>A function of each number as a layer.</summary>
public sealed class Activate(Activation activation) : Layer
{
    public override Tensor Forward(Tensor x) => x.Activate(activation);
}

/// <summary>All axes but the first as one: (N, …) to (N, features).</summary>
public sealed class Flatten : Layer
{
    public override Tensor Forward(Tensor x) => x.Reshape(x.Shape[0], -1);
}
