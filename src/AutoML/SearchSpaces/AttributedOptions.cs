using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.SearchSpace;

/// <summary>Reads what the attributes on the members of a class say of a search.</summary>
internal static class AttributedOptions
{
    public static IEnumerable<KeyValuePair<string, OptionBase>> Of([DynamicallyAccessedMembers(ParameterObjects.Needed)] Type type)
    {
        foreach (ParameterObjects.OptionMember member in ParameterObjects.Members(type))
        {
            Attribute[] found = [.. member.Member.GetCustomAttributes(inherit: false).OfType<Attribute>()
                .Where(attribute => attribute is RangeAttribute or ChoiceAttribute or BooleanChoiceAttribute or NestOptionAttribute)];
            if (found.Length == 0) continue;
            if (found.Length > 1) throw Wrong(member, "carries more than one of [Range], [Choice], [BooleanChoice] and [NestOption]");
            yield return KeyValuePair.Create(member.Name, Option(member, found[0]));
        }
    }

    private static OptionBase Option(ParameterObjects.OptionMember member, Attribute attribute) => attribute switch
    {
        RangeAttribute range => Range(member, range),
        ChoiceAttribute choice => IsPlain(member.Type) ? new ChoiceOption(choice.Candidates, choice.DefaultValue)
            : throw Wrong(member, $"is {member.Type.Name}; [Choice] is for text, numbers, flags and enumerations"),
        BooleanChoiceAttribute choice => member.Type == typeof(bool) ? new ChoiceOption([true, false], choice.DefaultValue)
            : throw Wrong(member, $"is {member.Type.Name}; [BooleanChoice] is for bool"),
        _ => Nested(member.Type),
    };

    /// <summary>The member's type decides, so that [Range(-10, 10)] on a double is a range of doubles.</summary>
    private static UniformNumericOption Range(ParameterObjects.OptionMember member, RangeAttribute range)
    {
        (double min, double max, double? init) = (Number(range.Min), Number(range.Max), range.Init is null ? (double?)null : Number(range.Init));
        switch (Type.GetTypeCode(Nullable.GetUnderlyingType(member.Type) ?? member.Type))
        {
            case TypeCode.Double:
                return new UniformDoubleOption(min, max, range.LogBase, init);
            case TypeCode.Single:
                return new UniformSingleOption((float)min, (float)max, range.LogBase, (float?)init);
            case TypeCode.Int32 or TypeCode.Int16 or TypeCode.Int64 when range.Min is int:
                return new UniformIntOption((int)min, (int)max, range.LogBase, (int?)init);
            default:
                throw Wrong(member, $"is {member.Type.Name}; [Range] of {range.Min.GetType().Name} does not fit it");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "A nested options class is created by the code that uses it, so its members are kept.")]
    private static NestedSpace Nested(Type type) => new(Of(type));

    private static bool IsPlain(Type type) => type.IsEnum || Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is not (TypeCode.Object or TypeCode.DateTime or TypeCode.Empty);

    private static double Number(object value) => value is float single ? ParameterValues.Widen(single) : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static ArgumentException Wrong(ParameterObjects.OptionMember member, string what) =>
        new($"{member.Member.DeclaringType?.Name}.{member.Name} {what}.");

    private sealed class NestedSpace(IEnumerable<KeyValuePair<string, OptionBase>> options) : SearchSpace(options, fixedValues: null);
}
