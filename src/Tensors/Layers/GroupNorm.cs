namespace MLPipelines.Tensors.Layers;

/// <summary>Each group of channels of an example less its mean, over its deviation, times a weight plus a bias for each channel (Wu and He 2018): for (N, …, C).</summary>
public sealed class GroupNorm : Layer
{
    private readonly int _groups;
    private readonly float _epsilon;

    /// <param name="groups">Into how many groups the channels are divided.</param>
    /// <param name="channels">The last size of what it takes.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public GroupNorm(int groups, int channels, float epsilon = 1e-5f)
    {
        (_groups, _epsilon) = (groups, epsilon);
        Weight = AddParameter("weight", Tensor.Ones([channels]));
        Bias = AddParameter("bias", Tensor.Zeros([channels]));
    }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    public override Tensor Forward(Tensor x) => x.GroupNorm(_groups, Weight, Bias, _epsilon);
}
