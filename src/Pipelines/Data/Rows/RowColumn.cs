using System.Reflection;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Data;

/// <summary>The column that a member of a row type stands for by its type and attributes.</summary>
internal static class RowColumn
{
    internal static string OwnerOf(MemberInfo member) => $"{member.ReflectedType!.Name}.{member.Name}";

    internal static string NameOf(MemberInfo member) => member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;

    internal static StructuredDataViewType TypeOf(MemberInfo member) => TypeOf(member, CellOf(member, columnType: null));

    internal static StructuredDataViewType TypeOf(MemberInfo member, Cell cell)
    {
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (cell.IsVector) return new VectorDataViewType(cell.ItemType, vector?.Dimensions.ToArray() ?? [0]);
        if (cell.AnyItemType is ImageDataViewType && member.GetCustomAttribute<ImageTypeAttribute>() is { Height: > 0 } image) return new ImageDataViewType(image.Height, image.Width);
        if (vector is null) return cell.AnyItemType;
        throw new InvalidOperationException($"{OwnerOf(member)} is {DotNetNames.Of(RowMember<object>.TypeOf(member))}; [VectorType] needs an array or a VBuffer.");
    }

    /// <summary>How the member's values lie in a column.</summary>
    /// <param name="member">The property or field.</param>
    /// <param name="columnType">The type of the column where it is given; what the attributes say counts otherwise.</param>
    internal static Cell CellOf(MemberInfo member, DataViewType? columnType)
    {
        string owner = OwnerOf(member);
        Type type = RowMember<object>.TypeOf(member);
        ulong keyCount = columnType is null ? member.GetCustomAttribute<KeyTypeAttribute>()?.Count ?? 0
            : RawTypes.AnyItemTypeOf(columnType) is KeyDataViewType key ? key.Count : 0;
        Cell? plain = Cell.Create(type, owner)
            ?? (member.GetCustomAttribute<DataViewTypeAttribute>()?.ColumnType is { } objects && objects.RawType == type ? Cell.Create(objects, owner) : null);
        if (plain is null)
            throw new InvalidOperationException($"{owner} is {DotNetNames.Of(type)}, which no column can hold. Columns hold numbers, float? and double?, bool, string, "
                + "ReadOnlyMemory<char>, DateTime, DateTimeOffset, TimeSpan, MLImage, and arrays or VBuffers of these. [NoColumn] leaves the member out.");
        if (keyCount == 0) return plain;
        if (!KeyDataViewType.IsValidDataType(plain.AnyItemType.RawType))
        {
            if (columnType is not null) return plain;
            throw new InvalidOperationException($"{owner} is {DotNetNames.Of(type)}; [KeyType] needs byte, ushort, uint or ulong, or a vector of these.");
        }
        return Cell.Create(type, owner, keyCount)!;
    }

    internal static InvalidOperationException NamedTwice(string column, MemberInfo member, string otherMember) =>
        new($"{OwnerOf(member)} and {member.ReflectedType!.Name}.{otherMember} both stand for column '{column}'; give one of them another [ColumnName] or [NoColumn].");
}
