using MLPipelines.Data;

namespace MLPipelines.Onnx;

/// <summary>Takes an output of the model into a column. It serves one reader.</summary>
internal abstract class OutputPort(OrtApi api, OnnxPort port) : IDisposable
{
    internal OnnxPort Port => port;

    protected OrtApi Api => api;

    /// <summary>The rows that were computed.</summary>
    internal abstract BatchColumn Column { get; }

    /// <summary>Whether the model writes into the column's memory; otherwise each run's result is copied by <see cref="Take"/>.</summary>
    internal virtual bool IsInPlace => false;

    /// <summary>Makes the column ready for rows, holds its memory in place, and goes on with the next port.</summary>
    internal virtual void Hold(int rows, OnnxScorer scorer, int index)
    {
        Column.Clear();
        scorer.HeldOutput(index + 1);
    }

    /// <summary>The tensor over the memory of some rows.</summary>
    /// <returns>Whether it is another one than before.</returns>
    internal virtual bool Select(int first, int count, out nint value) => throw new NotSupportedException();

    /// <summary>From now on results are copied: the model gives another shape than it says.</summary>
    internal virtual void LeavePlace() { }

    /// <summary>Appends some rows out of a result.</summary>
    internal abstract void Take(nint value, int count);

    public virtual void Dispose() { }

    /// <summary>How many items each row has in a result.</summary>
    protected int LengthOf(nint value, int count, int expected, out long[] shape)
    {
        if (Api.KindOf(value) != OrtValueKind.Tensor) throw new MLPipelinesException($"onnx-scoring: the ONNX model's output {port.Node} gave no tensor.");
        (_, shape) = Api.TensorOf(value);
        long items = 1;
        foreach (long size in shape) items *= size;
        long length = items / count;
        if (length * count != items || (expected > 0 && length != expected))
        {
            throw new MLPipelinesException($"onnx-scoring: the ONNX model's output {port.Node} has {(expected > 0 ? $"{expected:N0} items" : "whole rows")} for each of {count:N0} row(s), " +
                $"but gave a tensor of shape [{string.Join(',', shape)}]. Say the right shape in shapeDictionary; an open size, -1, makes a vector of any length.");
        }
        return (int)length;
    }
}
