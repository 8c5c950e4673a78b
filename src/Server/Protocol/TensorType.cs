using MLPipelines.Data;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Server;

/// <summary>What columns are called as tensors: a column of one value per row is a tensor of shape [rows], one of vectors [rows, size].</summary>
/// <param name="Name">FP32, INT64, BYTES …</param>
/// <param name="Size">The items of a vector; 0 where a row has one value, −1 where rows differ.</param>
internal readonly record struct TensorType(string Name, int Size)
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(bool)] = "BOOL", [typeof(byte)] = "UINT8", [typeof(ushort)] = "UINT16", [typeof(uint)] = "UINT32", [typeof(ulong)] = "UINT64", [typeof(sbyte)] = "INT8",
        [typeof(short)] = "INT16", [typeof(int)] = "INT32", [typeof(long)] = "INT64", [typeof(float)] = "FP32", [typeof(double)] = "FP64",
    };

    /// <summary>Whether a name is one of the protocol.</summary>
    internal static bool IsKnown(string name) => name is "BYTES" or "FP16" || Names.ContainsValue(name);

    /// <summary>Whether its values are numbers.</summary>
    internal static bool IsNumber(string name) => name is not ("BYTES" or "BOOL");

    /// <summary>Texts, times, pictures and categories are BYTES.</summary>
    internal static TensorType Of(DataViewType type) => type is VectorDataViewType vector
        ? new TensorType(NameOf(vector.ItemType), vector.IsKnownSize ? vector.Size : -1)
        : new TensorType(type is ImageDataViewType ? "BYTES" : NameOf(type), 0);

    private static string NameOf(DataViewType type) => type is KeyDataViewType ? "BYTES" : Names.GetValueOrDefault(type.RawType, "BYTES");
}
