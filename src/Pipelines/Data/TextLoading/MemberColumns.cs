using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MLPipelines.Data;

/// <summary>Makes the columns of a loader from the attributes on a type's public fields and properties.</summary>
internal static class MemberColumns
{
    internal const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <typeparam name="TInput">The type.</typeparam>
    /// <param name="byMemberName">Whether a member that says not which field it is read from is read from the one of its own name.</param>
    /// <exception cref="ArgumentException">A member says not which fields it is read from, or its type cannot be loaded.</exception>
    internal static TextLoader.Column[] Of<[DynamicallyAccessedMembers(Members)] TInput>(bool byMemberName = false)
    {
        Type type = typeof(TInput);
        List<TextLoader.Column> columns = [];
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance)) Add(field, field.FieldType);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0) Add(property, property.PropertyType);
        return columns.Count > 0 ? [.. columns] : throw new ArgumentException($"{type.Name} has no public field or property to load.");

        void Add(MemberInfo member, Type memberType)
        {
            if (!member.IsDefined(typeof(NoColumnAttribute))) columns.Add(ColumnOf(type, member, memberType, byMemberName));
        }
    }

    private static TextLoader.Column ColumnOf(Type type, MemberInfo member, Type memberType, bool byMemberName)
    {
        var indices = member.GetCustomAttribute<LoadColumnAttribute>();
        var names = member.GetCustomAttribute<LoadColumnNameAttribute>();
        if (indices is null && names is null && !byMemberName)
            throw new ArgumentException($"{type.Name}.{member.Name} says not which field it is read from: add [LoadColumn(index)] or [LoadColumnName(\"name\")], or [NoColumn] to leave it out.");

        Type? item = memberType.IsArray ? memberType.GetElementType()
            : memberType.IsGenericType && memberType.GetGenericTypeDefinition() == typeof(VBuffer<>) ? memberType.GetGenericArguments()[0] : null;
        DataKind kind = DataKinds.OfMember(item ?? memberType) ?? throw new ArgumentException($"{type.Name}.{member.Name} is of type {memberType.Name}, which cannot be loaded.");
        string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
        var column = new TextLoader.Column
        {
            Name = name,
            DataKind = kind,
            Source = indices?.Sources,
            SourceNames = indices is null ? [.. names?.Sources ?? [name]] : null,
            KeyCount = member.GetCustomAttribute<KeyTypeAttribute>() is { } key ? new KeyCount(key.Count) : null,
            IsVector = item is not null,
        };
        if (item is null && ((column.SourceNames?.Length ?? 0) > 1 || column.Source is { } ranges && (ranges.Length > 1 || ranges[0].Max != ranges[0].Min)))
            throw new ArgumentException($"{type.Name}.{member.Name} is read from several fields, so it must be an array; found {memberType.Name}.");
        CheckSize(type, member, column);
        return column;
    }

    private static void CheckSize(Type type, MemberInfo member, TextLoader.Column column)
    {
        int size = member.GetCustomAttribute<VectorTypeAttribute>()?.Dimensions.Aggregate(1, (product, d) => product * d) ?? 0;
        if (size == 0 || (column.Source is { } source && Array.Exists(source, range => range.Max is null))) return;
        int fields = column.SourceNames?.Length ?? column.Source!.Sum(range => range.Max!.Value - range.Min + 1);
        if (fields != size) throw new ArgumentException($"{type.Name}.{member.Name} is a vector of {size} by its VectorType and is read from {fields} fields.");
    }
}
