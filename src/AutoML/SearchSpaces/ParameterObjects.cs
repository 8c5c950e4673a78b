using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MLPipelines.SearchSpace;

/// <summary>Objects as named values: their public properties and fields that can be read and set.</summary>
internal static class ParameterObjects
{
    /// <summary>What a trimmed application keeps of an options class.</summary>
    public const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    private const string NestedTypes =
        "A nested options class is created by the code that uses it, so its members are kept; a trimmed application that only nests it names it in a DynamicDependency.";

    public static Parameter From(object value, [DynamicallyAccessedMembers(Needed)] Type type) => From(value, type, depth: 0);

    public static object? To(Parameter parameter, [DynamicallyAccessedMembers(Needed)] Type type)
    {
        if (type.IsInterface || type.IsAbstract) return null;
        object target = Activator.CreateInstance(type) ?? throw new MLPipelinesException($"{type} has no constructor without parameters.");
        foreach (OptionMember member in Members(type))
            if (parameter.TryGetValue(member.Name, out Parameter? value) && value.Value is not null) member.Set(target, value);
        return target;
    }

    public static IEnumerable<OptionMember> Members([DynamicallyAccessedMembers(Needed)] Type type)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        foreach (FieldInfo field in type.GetFields(flags))
            if (!field.IsInitOnly) yield return new OptionMember(field, field.FieldType, field.GetValue, field.SetValue);
        foreach (PropertyInfo property in type.GetProperties(flags))
            if (property.CanRead && property.CanWrite && property.GetIndexParameters().Length == 0)
                yield return new OptionMember(property, property.PropertyType, property.GetValue, property.SetValue);
    }

    private static Parameter From(object value, [DynamicallyAccessedMembers(Needed)] Type type, int depth)
    {
        if (ParameterValues.TryFromValue(value) is { } plain) return plain;
        if (depth > 8) throw new MLPipelinesException($"The options of {type} nest deeper than 8 levels; does an object hold itself?");
        var result = Parameter.CreateNestedParameter();
        foreach (OptionMember member in Members(type))
            if (member.Get(value) is { } inner && Nested(inner, member.Type, depth + 1) is { Count: > 0 } named) result[member.Name] = named;
        return result;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = NestedTypes)]
    private static Parameter Nested(object value, Type type, int depth) => From(value, type, depth);

    /// <summary>A property or field of an options class.</summary>
    internal sealed record OptionMember(MemberInfo Member, Type Type, Func<object?, object?> Get, Action<object?, object?> SetValue)
    {
        public string Name => Member.Name;

        [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = NestedTypes)]
        public void Set(object target, Parameter value) => SetValue(target, ParameterValues.Convert(value, Type));
    }
}
