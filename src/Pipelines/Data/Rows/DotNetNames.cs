namespace MLPipelines.Data;

/// <summary>.NET types as they are written in C#, for messages.</summary>
internal static class DotNetNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(bool)] = "bool", [typeof(string)] = "string",
        [typeof(sbyte)] = "sbyte", [typeof(byte)] = "byte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(char)] = "char", [typeof(decimal)] = "decimal", [typeof(object)] = "object",
        [typeof(ReadOnlyMemory<char>)] = "ReadOnlyMemory<char>",
    };

    internal static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? name)) return name;
        if (Nullable.GetUnderlyingType(type) is { } value) return Of(value) + "?";
        if (type.IsSZArray) return Of(type.GetElementType()!) + "[]";
        return type.IsConstructedGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GenericTypeArguments.Select(Of))}>" : type.Name;
    }

    /// <summary>The type of a member that can hold the values of a column.</summary>
    internal static string Of(DataViewType type)
    {
        DataViewType item = RawTypes.AnyItemTypeOf(type);
        return (item is TextDataViewType ? "string" : Of(item.RawType)) + (type is VectorDataViewType ? "[]" : "");
    }
}
