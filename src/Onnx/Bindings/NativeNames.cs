using System.Runtime.InteropServices;

namespace MLPipelines.Onnx;

/// <summary>Names as the library takes them: pointers to UTF-8 texts that stay where they are until this is disposed or collected.</summary>
internal sealed unsafe class NativeNames : IDisposable
{
    private byte** _names;

    internal NativeNames(IReadOnlyList<string> names)
    {
        Count = names.Count;
        _names = (byte**)NativeMemory.AllocZeroed((nuint)Math.Max(1, Count), (nuint)sizeof(byte*));
        for (int i = 0; i < Count; i++)
        {
            byte[] text = OrtApi.Utf8(names[i]);
            _names[i] = (byte*)NativeMemory.Alloc((nuint)text.Length);
            text.CopyTo(new Span<byte>(_names[i], text.Length));
        }
    }

    ~NativeNames() => Free();

    internal int Count { get; }

    internal byte** First => _names;

    internal byte* this[int index] => _names[index];

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_names == null) return;
        for (int i = 0; i < Count; i++) NativeMemory.Free(_names[i]);
        NativeMemory.Free(_names);
        _names = null;
    }
}
