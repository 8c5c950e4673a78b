using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MLPipelines.Data;

/// <summary>
/// Which properties and fields of a row type are columns, and how a row is made: with the constructor that takes nothing and
/// setters, or, where there is none (positional records, anonymous types), with one whose parameters are named like the members.
/// </summary>
internal sealed class RowTypeMembers
{
    /// <summary>What a row type must keep when unused code is removed.</summary>
    internal const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicConstructors;

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    private RowTypeMembers(IReadOnlyList<MemberInfo> columns, ConstructorInfo? constructor) => (Columns, Constructor) = (columns, constructor);

    /// <summary>The members that are columns, fields first.</summary>
    internal IReadOnlyList<MemberInfo> Columns { get; }

    /// <summary>The constructor whose parameters are named like members; <see langword="null"/> when rows are made without one.</summary>
    internal ConstructorInfo? Constructor { get; }

    internal static RowTypeMembers Of([DynamicallyAccessedMembers(Needed)] Type type)
    {
        MemberInfo[] readable = [.. All(type).Where(CanRead)];
        bool IsSettable(MemberInfo member) => RowMember<object>.CanSet(member);
        bool hasEmptyConstructor = type.IsValueType || type.GetConstructor(Type.EmptyTypes) is not null;
        ConstructorInfo? constructor = hasEmptyConstructor && Array.Exists(readable, IsSettable) ? null
            : type.GetConstructors().Where(c => c.GetParameters() is { Length: > 0 } parameters && Array.TrueForAll(parameters, p => MemberOf(p, readable) is not null))
                .MaxBy(c => c.GetParameters().Length);
        MemberInfo?[] given = constructor is null ? [] : Array.ConvertAll(constructor.GetParameters(), p => MemberOf(p, readable));
        return new RowTypeMembers([.. readable.Where(m => (IsSettable(m) || given.Contains(m)) && m.GetCustomAttribute<NoColumnAttribute>() is null)], constructor);
    }

    /// <summary>The public fields and properties, fields first.</summary>
    internal static IEnumerable<MemberInfo> All([DynamicallyAccessedMembers(Needed)] Type type) =>
        // A property that hides one of its base type comes first.
        [.. type.GetFields(Public), .. type.GetProperties(Public).Where(p => p.GetIndexParameters().Length == 0).DistinctBy(p => p.Name)];

    internal static bool CanRead(MemberInfo member) => member is FieldInfo or PropertyInfo { GetMethod.IsPublic: true };

    /// <summary>The member that a parameter of the constructor sets.</summary>
    internal static MemberInfo? MemberOf(ParameterInfo parameter, IEnumerable<MemberInfo> members) =>
        members.FirstOrDefault(m => string.Equals(m.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && RowMember<object>.TypeOf(m) == parameter.ParameterType);
}
