namespace MLPipelines.Tensors.Layers;

/// <summary>
/// Each channel less its mean, over its deviation, times a weight plus a bias (Ioffe and Szegedy 2015): for (N, …, C) of any rank. While training,
/// mean and variance are those of the batch, and running ones are kept; otherwise the running ones are taken.
/// </summary>
public sealed class BatchNorm : Layer
{
    private readonly float _epsilon, _momentum;
    private readonly bool _isRectified;

    /// <param name="channels">C.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">How much of a batch goes into the running mean and variance.</param>
    /// <param name="isRectified">Whether ReLU follows.</param>
    public BatchNorm(int channels, float epsilon = 1e-5f, float momentum = 0.1f, bool isRectified = false)
    {
        (_epsilon, _momentum, _isRectified) = (epsilon, momentum, isRectified);
        Weight = AddParameter("weight", Tensor.Ones([channels]));
        Bias = AddParameter("bias", Tensor.Zeros([channels]));
        RunningMean = AddBuffer("running_mean", Tensor.Zeros([channels]));
        RunningVariance = AddBuffer("running_var", Tensor.Ones([channels]));
        BatchCount = AddBuffer("num_batches_tracked", Tensor.FromIndices([0], []));
    }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    public Tensor RunningMean { get; }

    public Tensor RunningVariance { get; }

    /// <summary>How many batches the running mean and variance come from.</summary>
    public Tensor BatchCount { get; }

    internal float Epsilon => _epsilon;

    internal bool IsRectified => _isRectified;

    public override Tensor Forward(Tensor x) => Forward(x, Tensor.None);

    /// <summary>Normalizes, and adds another tensor of the same shape before ReLU: the end of a residual block.</summary>
    public Tensor Forward(Tensor x, Tensor added)
    {
        if (IsTraining) BatchCount.CopyFrom((ReadOnlySpan<long>)[BatchCount.ToIndex() + 1]);
        return x.BatchNorm(Weight, Bias, RunningMean, RunningVariance, IsTraining, _momentum, _epsilon, added, _isRectified);
    }
}
