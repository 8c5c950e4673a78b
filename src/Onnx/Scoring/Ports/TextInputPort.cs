using MLPipelines.Data;

namespace MLPipelines.Onnx;

/// <summary>Gives texts: the library keeps a copy of its own.</summary>
internal sealed class TextInputPort(OrtApi api, OnnxPort port, OnnxInputShape shape, DataViewSchema.Column column) : InputPort(api, port, shape, column)
{
    private readonly NativeTexts _texts = new();
    private BatchColumn? _column;

    internal override void Hold(Batch rows, OnnxScorer scorer, int index)
    {
        _column = rows[Column.Index];
        scorer.Held(index + 1);
    }

    protected override bool Select(int first, int count, int length, ref nint value)
    {
        bool isNew = Shape(count, length, out ReadOnlySpan<long> sizes) | value == 0;
        if (isNew)
        {
            Release(ref value);
            value = Api.CreateTensor(sizes, OnnxElementType.String);
        }
        _texts.Clear();
        TextColumn items = _column as TextColumn ?? ((TextVectorColumn)_column!).Items;
        int start = _column is TextVectorColumn lists ? lists.Starts[first] : first;
        for (int i = 0; i < count * length; i++) _texts.Append(items[start + i]);
        if (_texts.Count > 0) _texts.CopyTo(Api, value);
        return isNew;
    }

    protected override int LengthOf(Batch rows, int row) => rows[Column.Index] is TextVectorColumn lists ? lists.LengthOf(row) : 1;

    protected override int LengthOf(int row) => _column is TextVectorColumn lists ? lists.LengthOf(row) : 1;
}
