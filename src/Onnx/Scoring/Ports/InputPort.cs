using MLPipelines.Data;

namespace MLPipelines.Onnx;

/// <summary>Gives rows of a column to an input of the model. It serves one reader.</summary>
internal abstract unsafe class InputPort(OrtApi api, OnnxPort port, OnnxInputShape shape, DataViewSchema.Column column) : IDisposable
{
    private readonly long[] _shape = new long[shape.Rank];
    private nint _value;

    internal OnnxPort Port => port;

    internal DataViewSchema.Column Column => column;

    protected OrtApi Api => api;

    /// <summary>Whether all rows of a batch can go together.</summary>
    internal bool TakesTogether(Batch rows)
    {
        if (!shape.HasRows || column.Type is not VectorDataViewType { IsKnownSize: false }) return shape.HasRows;
        int length = LengthOf(rows, 0);
        for (int row = 1; row < rows.RowCount; row++)
        {
            if (LengthOf(rows, row) != length) return false;
        }
        return true;
    }

    /// <summary>Makes the rows ready, holds them in place, and goes on with the next port; they may move again when that returns.</summary>
    internal abstract void Hold(Batch rows, OnnxScorer scorer, int index);

    /// <summary>The tensor of some of the rows that are held.</summary>
    /// <returns>Whether it is another one than before.</returns>
    internal bool Select(int first, int count, out nint value)
    {
        int length = LengthOf(first);
        if (!shape.Takes(length))
        {
            throw new MLPipelinesException($"onnx-scoring: column '{column.Name}' has a row of {length:N0} items, which does not fill {shape} of the ONNX model's input {port.Node}.");
        }
        bool isNew = Select(first, count, length, ref _value);
        value = _value;
        return isNew;
    }

    /// <summary>The shape that the last rows had.</summary>
    internal string Given => $"[{string.Join(',', _shape)}]";

    protected abstract bool Select(int first, int count, int length, ref nint value);

    /// <summary>The items of a row.</summary>
    protected abstract int LengthOf(Batch rows, int row);

    /// <summary>The items of a row that is held.</summary>
    protected abstract int LengthOf(int row);

    /// <summary>The shape of some rows; valid until the next call.</summary>
    /// <returns>Whether it is another one than before.</returns>
    protected bool Shape(int count, int length, out ReadOnlySpan<long> sizes)
    {
        Span<long> now = stackalloc long[_shape.Length];
        shape.Write(now, count, length);
        bool isNew = !now.SequenceEqual(_shape);
        now.CopyTo(_shape);
        sizes = _shape;
        return isNew;
    }

    protected void Release(ref nint value)
    {
        if (value != 0) api.Release(OrtRelease.Value, value);
        value = 0;
    }

    public void Dispose() => Release(ref _value);
}
