namespace MLPipelines.Tensors.Layers;

/// <summary>Each row along the last axis less its mean, over its deviation, times a weight plus a bias for each feature (Ba and others 2016).</summary>
public sealed class LayerNorm : Layer
{
    private readonly float _epsilon;

    /// <param name="features">The last size of what it takes.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public LayerNorm(int features, float epsilon = 1e-5f)
    {
        _epsilon = epsilon;
        Weight = AddParameter("weight", Tensor.Ones([features]));
        Bias = AddParameter("bias", Tensor.Zeros([features]));
    }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    public override Tensor Forward(Tensor x) => x.LayerNorm(Weight, Bias, _epsilon);
}
