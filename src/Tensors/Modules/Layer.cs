namespace MLPipelines.Tensors;

/// <summary>A module that makes one tensor of one.</summary>
public abstract class Layer : Module
{
    public abstract Tensor Forward(Tensor x);
}
