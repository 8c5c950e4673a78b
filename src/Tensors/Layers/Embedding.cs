namespace MLPipelines.Tensors.Layers;

/// <summary>A vector for each index: (…) to (…, size).</summary>
public sealed class Embedding : Layer
{
    private readonly bool _isSparse;

    /// <param name="count">How many vectors there are.</param>
    /// <param name="size">How long they are.</param>
    /// <param name="random">Draws the first vectors, from a normal distribution.</param>
    /// <param name="isSparse">Whether optimizers change only the vectors that a step used: for large tables.</param>
    public Embedding(int count, int size, RandomSource random, bool isSparse = false)
    {
        _isSparse = isSparse;
        Weight = AddParameter("weight", Tensor.Normal([count, size], random));
    }

    /// <summary>(count, size).</summary>
    public Tensor Weight { get; }

    /// <param name="x">Int64.</param>
    public override Tensor Forward(Tensor x) => Weight.Embed(x, _isSparse);
}
