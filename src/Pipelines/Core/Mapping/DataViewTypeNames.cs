using System.Collections.Immutable;
using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Transforms.Image;

namespace MLPipelines;

/// <summary>Column types as they are written in model files: <c>single</c>, <c>text</c>, <c>key&lt;uint32,77&gt;</c>, <c>vector&lt;single,3,4&gt;</c>, <c>image&lt;224,224&gt;</c>.</summary>
internal static class DataViewTypeNames
{
    private static readonly (string Name, PrimitiveDataViewType Type)[] Primitives =
    [
        .. NumberDataViewType.All.Select(type => (NameOf(type), (PrimitiveDataViewType)type)),
        ("text", TextDataViewType.Instance),
        ("bool", BooleanDataViewType.Instance),
        ("datetime", DateTimeDataViewType.Instance),
        ("datetimeoffset", DateTimeOffsetDataViewType.Instance),
        ("timespan", TimeSpanDataViewType.Instance),
        ("rowid", RowIdDataViewType.Instance),
    ];

    internal static string Format(DataViewType type) => type switch
    {
        VectorDataViewType vector => string.Create(CultureInfo.InvariantCulture, $"vector<{Format(vector.ItemType)},{string.Join(',', vector.Dimensions)}>"),
        KeyDataViewType key => string.Create(CultureInfo.InvariantCulture, $"key<{NameOf(SchemaShape.Column.CarrierOf(key))},{key.Count}>"),
        ImageDataViewType image => image.IsKnownSize ? string.Create(CultureInfo.InvariantCulture, $"image<{image.Height},{image.Width}>") : "image",
        _ => Array.Find(Primitives, p => p.Type.Equals(type)).Name ?? throw new NotSupportedException($"Columns of type {type} cannot be saved."),
    };

    /// <exception cref="FormatException">The name is not one that <see cref="Format"/> writes.</exception>
    internal static DataViewType Parse(string name)
    {
        if (Array.Find(Primitives, p => p.Name == name).Type is { } primitive) return primitive;
        if (name == "image") return new ImageDataViewType();
        int open = name.IndexOf('<');
        if (open < 0 || !name.EndsWith('>')) throw Unknown(name);
        string inner = name[(open + 1)..^1];
        switch (name[..open])
        {
            case "key" when inner.Split(',') is [var carrier, var count] && ulong.TryParse(count, CultureInfo.InvariantCulture, out ulong keys) && keys > 0
                && Array.Find(Primitives, p => p.Name == carrier).Type is { } number && KeyDataViewType.IsValidDataType(number.RawType):
                return new KeyDataViewType(number.RawType, keys);
            case "image" when inner.Split(',') is [var rows, var columns] && int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out int height)
                && int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out int width):
                return new ImageDataViewType(height, width);
            case "vector":
                // The item of a vector of keys has a comma of its own.
                int end = inner.StartsWith("key<", StringComparison.Ordinal) ? inner.IndexOf('>') + 1 : inner.IndexOf(',');
                if (end <= 0 || end >= inner.Length || inner[end] != ',' || Parse(inner[..end]) is not PrimitiveDataViewType item) throw Unknown(name);
                var sizes = ImmutableArray.CreateBuilder<int>();
                foreach (string size in inner[(end + 1)..].Split(','))
                    sizes.Add(int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : throw Unknown(name));
                return new VectorDataViewType(item, sizes.ToImmutable());
            default: throw Unknown(name);
        }
    }

    private static string NameOf(PrimitiveDataViewType number) => number.ToString()!.ToLowerInvariant();

    private static FormatException Unknown(string name) => new($"'{name}' is not a column type.");
}
