using System.Text;

namespace MLPipelines.Onnx;

/// <summary>Texts on their way to or from a tensor, in UTF-8; the memory is used again. It serves one reader.</summary>
internal sealed class NativeTexts
{
    private byte[] _bytes = [];
    private nint[] _starts = [];
    private int _length;

    /// <summary>How many texts there are.</summary>
    internal int Count { get; private set; }

    /// <summary>A text that was read.</summary>
    internal ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = (int)_starts[index];
            return _bytes.AsSpan(start, (index + 1 < Count ? (int)_starts[index + 1] : _length) - start);
        }
    }

    internal void Clear() => Count = _length = 0;

    internal void Append(ReadOnlySpan<char> text)
    {
        int most = _length + Encoding.UTF8.GetMaxByteCount(text.Length) + 1;
        if (_bytes.Length < most) Array.Resize(ref _bytes, Math.Max(most, _bytes.Length * 2));
        if (Count == _starts.Length) Array.Resize(ref _starts, Math.Max(16, Count * 2));
        _starts[Count++] = _length;
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
        _bytes[_length++] = 0;
    }

    /// <summary>Copies what was appended into a tensor of as many texts.</summary>
    internal void CopyTo(OrtApi api, nint tensor) => api.FillTexts(tensor, _bytes.AsSpan(0, _length), _starts.AsSpan(0, Count));

    /// <summary>Reads the texts of a tensor.</summary>
    internal void Read(OrtApi api, nint tensor, int count)
    {
        Clear();
        if (count == 0) return;
        int length = api.TextBytesOf(tensor);
        if (_bytes.Length < length) _bytes = new byte[length];
        if (_starts.Length < count) _starts = new nint[count];
        api.ReadTexts(tensor, _bytes.AsSpan(0, length), _starts.AsSpan(0, count));
        (Count, _length) = (count, length);
    }
}
