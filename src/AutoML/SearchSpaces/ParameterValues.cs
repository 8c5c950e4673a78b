using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLPipelines.SearchSpace;

/// <summary>From plain values to parameters and back.</summary>
internal static class ParameterValues
{
    public static double Widen(float value) =>
        float.IsFinite(value) ? double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;

    /// <summary>A value that needs no look at its members.</summary>
    public static Parameter FromValue(object? value) => TryFromValue(value)
        ?? throw new ArgumentException($"A parameter holds numbers, text, flags, enumerations and lists of them, not {value!.GetType()}.", nameof(value));

    public static Parameter? TryFromValue(object? value) => value switch
    {
        null => Parameter.Nothing,
        Parameter parameter => parameter,
        int or short or byte or sbyte or ushort or uint or long => Parameter.FromLong(System.Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double number => Parameter.FromDouble(number),
        float number => Parameter.FromFloat(number),
        decimal number => Parameter.FromDouble((double)number),
        bool flag => Parameter.FromBool(flag),
        string text => Parameter.FromString(text),
        char letter => Parameter.FromString(letter.ToString()),
        Enum constant => Parameter.FromString(constant.ToString()),
        IDictionary => null,
        IEnumerable list => Parameter.FromIEnumerable(list.Cast<object?>()),
        _ => null,
    };

    public static object? Convert(Parameter parameter, [DynamicallyAccessedMembers(ParameterObjects.Needed)] Type type)
    {
        if (type == typeof(Parameter)) return parameter;
        if (parameter.Value is null) return null;
        if (type == typeof(object)) return parameter.Value;
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        object? value = plain.IsEnum ? AsEnum(parameter, plain) : Type.GetTypeCode(plain) switch
        {
            TypeCode.Double => AsDouble(parameter),
            TypeCode.Single => AsDouble(parameter) is { } number ? (float)number : null,
            TypeCode.Decimal => AsDouble(parameter) is { } number ? (decimal)number : null,
            TypeCode.Boolean => parameter.Value as bool?,
            TypeCode.String => parameter.Value as string,
            TypeCode.Char => parameter.Value is string { Length: 1 } text ? text[0] : null,
            TypeCode.Object => parameter.Value is List<Parameter> list ? AsList(list, plain)
                : parameter.Value is Dictionary<string, Parameter> ? ParameterObjects.To(parameter, plain) : null,
            _ => AsWhole(parameter) is { } whole ? System.Convert.ChangeType(whole, plain, CultureInfo.InvariantCulture) : null,
        };
        return value ?? throw new MLPipelinesException($"The parameter {parameter} is no {plain.Name}.");
    }

    private static double? AsDouble(Parameter parameter) => parameter.Value switch
    {
        double number => number,
        long whole => whole,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsFinite(number) => number,
        _ => null,
    };

    private static long? AsWhole(Parameter parameter) => parameter.Value switch
    {
        long whole => whole,
        double number when number == Math.Floor(number) && Math.Abs(number) < 1e18 => (long)number,
        _ => null,
    };

    private static object? AsEnum(Parameter parameter, Type type) => parameter.Value switch
    {
        string name when Enum.TryParse(type, name, ignoreCase: false, out object? constant) => constant,
        long number => Enum.ToObject(type, number),
        _ => null,
    };

    private static object? AsList(List<Parameter> list, Type type) =>
        As<string>(list, type) ?? As<int>(list, type) ?? As<double>(list, type) ?? As<float>(list, type) ?? As<long>(list, type)
            ?? As<bool>(list, type) ?? (object?)As<Parameter>(list, type);

    private static T[]? As<[DynamicallyAccessedMembers(ParameterObjects.Needed)] T>(List<Parameter> list, Type type) =>
        type.IsAssignableFrom(typeof(T[])) && type != typeof(object) ? list.ConvertAll(item => item.AsType<T>()).ToArray() : null;
}
