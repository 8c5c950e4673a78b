using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>What stands on an encoder and makes scores of its vectors.</summary>
internal abstract class TextHead : Layer
{
    /// <summary>Prepares predictions: the numbers do not change any more, and no derivatives are asked for.</summary>
    internal abstract void Fix();
}
