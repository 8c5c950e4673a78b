using MLPipelines.Neural.Training;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>Rows of tokens and what is to be learned from them: classes, numbers, spans, masked tokens.</summary>
internal abstract class TextTask
{
    /// <summary>The number of tokens of each row; rows of about the same length go into one batch.</summary>
    internal abstract int[] Lengths { get; }

    /// <summary>Whether <see cref="BatchResult.Correct"/> counts what was right; otherwise the loss alone says which weights are better.</summary>
    internal virtual bool HasAccuracy => true;

    /// <summary>Puts rows through the network, in the step that is open. In steady state it allocates nothing.</summary>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="random">What else than dropout is drawn from, such as masks: it goes on from where it was when training resumes.</param>
    internal abstract BatchResult Forward(ReadOnlySpan<int> rows, RandomSource random);
}
