using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using MLPipelines.Onnx.Graph;
using MLPipelines.Testing;

namespace MLPipelines.Onnx.Tests;

/// <summary>One test of ONNX's own suite: a model, what goes in and what is to come out.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Model">The bytes of the model.</param>
/// <param name="Inputs">The values of the first data set, in the order of the graph's inputs; their protobuf bytes.</param>
/// <param name="Outputs">The values expected, in the order of the graph's outputs.</param>
internal sealed record BackendTest(string Name, byte[] Model, IReadOnlyList<byte[]> Inputs, IReadOnlyList<byte[]> Outputs)
{
    /// <summary>The tests of an archive: folders of folders.</summary>
    internal static IReadOnlyList<BackendTest> Read(string archive) =>
    [
        .. from file in ReadFiles(archive, "")
        let path = file.Key.Split('/')
        where path.Length > 2
        group (Name: string.Join('/', path[2..]), file.Value) by $"{path[0]}/{path[1]}" into test
        orderby test.Key
        let files = test.ToDictionary(file => file.Name, file => file.Value)
        select new BackendTest(test.Key, files["model.onnx"], Values(files, "input"), Values(files, "output")),
    ];

    internal static IReadOnlyDictionary<string, byte[]> ReadFiles(string archive, string folder)
    {
        var files = new Dictionary<string, byte[]>();
        using var unpacked = new GZipStream(File.OpenRead(Datasets.PathOf(archive)), CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            string name = entry.Name.TrimStart('.', '/');
            if (entry.DataStream is null || !name.StartsWith(folder, StringComparison.Ordinal)) continue;
            byte[] bytes = new byte[entry.Length];
            entry.DataStream.ReadExactly(bytes);
            files[name] = bytes;
        }
        return files;
    }

    private static List<byte[]> Values(Dictionary<string, byte[]> files, string kind)
    {
        var values = new List<byte[]>();
        while (files.TryGetValue($"test_data_set_0/{kind}_{values.Count}.pb", out byte[]? bytes)) values.Add(bytes);
        return values;
    }
}

/// <summary>Values as ONNX's suite writes them.</summary>
internal static class BackendValues
{
    internal static OnnxValue Read(TypeProto type, byte[] bytes) => type.ValueCase switch
    {
        TypeProto.ValueOneofCase.SequenceType => Sequence(SequenceProto.Parser.ParseFrom(bytes)),
        TypeProto.ValueOneofCase.OptionalType => Optional(OptionalProto.Parser.ParseFrom(bytes)),
        _ => Tensor(TensorProto.Parser.ParseFrom(bytes)),
    };

    private static OnnxValue Optional(OptionalProto value) => value.ElemType switch
    {
        1 => Tensor(value.TensorValue),
        3 => Sequence(value.SequenceValue),
        _ => new OnnxNone(),
    };

    private static OnnxSequence Sequence(SequenceProto value) => new([.. value.TensorValues.Select(OnnxValue (tensor) => Tensor(tensor)), .. value.SequenceValues.Select(Sequence)]);

    internal static OnnxTensor Tensor(TensorProto tensor)
    {
        long[] shape = [.. tensor.Dims];
        switch ((OnnxElementType)tensor.DataType)
        {
            case OnnxElementType.String: return new OnnxTensor<string>([.. tensor.StringData.Select(text => text.ToStringUtf8())], shape);
            case OnnxElementType.Float: return new OnnxTensor<float>(Items(tensor, tensor.FloatData, number => number), shape);
            case OnnxElementType.Double: return new OnnxTensor<double>(Items(tensor, tensor.DoubleData, number => number), shape);
            case OnnxElementType.Int64: return new OnnxTensor<long>(Items(tensor, tensor.Int64Data, number => number), shape);
            case OnnxElementType.UInt64: return new OnnxTensor<ulong>(Items(tensor, tensor.Uint64Data, number => number), shape);
            case OnnxElementType.UInt32: return new OnnxTensor<uint>(Items(tensor, tensor.Uint64Data, number => (uint)number), shape);
            case OnnxElementType.Int32: return new OnnxTensor<int>(Items(tensor, tensor.Int32Data, number => number), shape);
            case OnnxElementType.Int16: return new OnnxTensor<short>(Items(tensor, tensor.Int32Data, number => (short)number), shape);
            case OnnxElementType.UInt16: return new OnnxTensor<ushort>(Items(tensor, tensor.Int32Data, number => (ushort)number), shape);
            case OnnxElementType.Int8: return new OnnxTensor<sbyte>(Items(tensor, tensor.Int32Data, number => (sbyte)number), shape);
            case OnnxElementType.UInt8: return new OnnxTensor<byte>(Items(tensor, tensor.Int32Data, number => (byte)number), shape);
            case OnnxElementType.Bool: return new OnnxTensor<bool>(Items(tensor, tensor.Int32Data, number => number != 0), shape);
            case OnnxElementType.Float16: return new OnnxTensor<Half>(Items(tensor, tensor.Int32Data, number => BitConverter.UInt16BitsToHalf((ushort)number)), shape);
            case OnnxElementType.BFloat16: return new OnnxTensor<BFloat16>(Items(tensor, tensor.Int32Data, number => new BFloat16((ushort)number)), shape);
            default: throw new NotSupportedException($"tensors of {(TensorProto.Types.DataType)tensor.DataType}");
        }
    }

    private static T[] Items<T, TStored>(TensorProto tensor, IEnumerable<TStored> stored, Func<TStored, T> convert) where T : unmanaged =>
        tensor.HasRawData ? MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray() : [.. stored.Select(convert)];
}
