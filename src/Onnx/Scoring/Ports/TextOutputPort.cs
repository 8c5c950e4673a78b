using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Onnx;

/// <summary>Texts, copied.</summary>
internal sealed class TextOutputPort : OutputPort
{
    private readonly NativeTexts _texts = new();
    private readonly TextVectorColumn? _lists;
    private readonly TextColumn _items;

    internal TextOutputPort(OrtApi api, OnnxPort port) : base(api, port)
    {
        if (port.OutputType is VectorDataViewType vector) _lists = new TextVectorColumn(vector.Size);
        _items = _lists?.Items ?? new TextColumn();
    }

    internal override BatchColumn Column => (BatchColumn?)_lists ?? _items;

    internal override void Take(nint value, int count)
    {
        int length = LengthOf(value, count, _lists?.Size ?? 1, out _);
        _texts.Read(Api, value, count * length);
        for (int row = 0, i = 0; row < count; row++)
        {
            for (int end = i + length; i < end; i++) Append(_texts[i]);
            _lists?.EndRow();
        }
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        Span<char> room = _items.Extend(Encoding.UTF8.GetMaxCharCount(text.Length));
        _items.Shrink(room.Length - Encoding.UTF8.GetChars(text, room));
        _items.EndRow();
    }
}
