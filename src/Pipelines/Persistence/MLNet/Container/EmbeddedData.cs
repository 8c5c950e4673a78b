using MLPipelines.Data;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Binary data files within a model: schemas with no rows, and tables of values.</summary>
internal sealed class EmbeddedData : IMultiStreamSource
{
    private readonly byte[] _bytes;
    private readonly string _name;

    private EmbeddedData(byte[] bytes, string name) => (_bytes, _name) = (bytes, name);

    public int Count => 1;

    public string GetPathOrNull(int index) => _name;

    public Stream Open(int index) => new MemoryStream(_bytes, writable: false);

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));

    internal static BinaryView Open(byte[] bytes, string name, Func<string, bool>? isAnnotated = null) => new(BinaryFile.Open(new EmbeddedData(Unwrap(bytes), name), isAnnotated));

    /// <summary>Some components write the number of bytes before a file.</summary>
    private static byte[] Unwrap(byte[] bytes) =>
        bytes.Length >= 12 && BitConverter.ToInt32(bytes, 0) == bytes.Length - 4 && BitConverter.ToUInt64(bytes, 0) != BinaryFormat.Signature ? bytes[4..] : bytes;
}
