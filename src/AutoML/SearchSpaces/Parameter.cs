using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace MLPipelines.SearchSpace;

/// <summary>
/// A value that a search has set: a number, text, a flag, a list, or named values, which nest. It means the same after
/// being written as JSON and read again: two parameters are equal when their JSON is, whatever the order of names, and
/// 3 equals 3.0.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "As in the API that is kept.")]
[JsonConverter(typeof(ParameterJsonConverter))]
public sealed class Parameter : IDictionary<string, Parameter>, IEquatable<Parameter>, IEqualityComparer<Parameter>
{
    private Parameter(object? value, ParameterType type) => (Value, ParameterType) = (value, type);

    /// <summary>Which kind of JSON value this is.</summary>
    public ParameterType ParameterType { get; }

    /// <summary>A <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, list or dictionary of parameters.</summary>
    internal object? Value { get; }

    public static Parameter FromInt(int value) => new((long)value, ParameterType.Integer);

    public static Parameter FromLong(long value) => new(value, ParameterType.Integer);

    public static Parameter FromDouble(double value) => new(value, ParameterType.Number);

    /// <summary>The number with the digits that the float prints with, so that 0.1f is 0.1.</summary>
    public static Parameter FromFloat(float value) => new(ParameterValues.Widen(value), ParameterType.Number);

    public static Parameter FromString(string value) => new(value, ParameterType.String);

    public static Parameter FromBool(bool value) => new(value, ParameterType.Bool);

    /// <summary>The name of the value.</summary>
    public static Parameter FromEnum<T>(T value) where T : struct, Enum => FromString(value.ToString());

    /// <summary>A list of numbers, texts, flags or parameters.</summary>
    public static Parameter FromIEnumerable<T>(IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(values.Select(value => ParameterValues.FromValue(value)).ToList(), ParameterType.Array);
    }

    /// <summary>The public properties and fields that can be read and set, by their names; what is null or empty is left out.</summary>
    public static Parameter FromObject<[DynamicallyAccessedMembers(ParameterObjects.Needed)] T>(T value) where T : class =>
        ParameterObjects.From(value, typeof(T));

    /// <summary>Named values.</summary>
    public static Parameter CreateNestedParameter(params KeyValuePair<string, Parameter>[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(new Dictionary<string, Parameter>(parameters, StringComparer.Ordinal), ParameterType.Object);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="MLPipelinesException">The text is no JSON.</exception>
    public static Parameter Parse(string json) => ParameterJson.Parse(json);

    /// <summary>The value as a number, text, flag, enumeration, array of these, or an object whose members have the names in here.</summary>
    /// <exception cref="MLPipelinesException">The value is of another kind.</exception>
    public T AsType<[DynamicallyAccessedMembers(ParameterObjects.Needed)] T>() => (T)ParameterValues.Convert(this, typeof(T))!;

    public int Count => Value is Dictionary<string, Parameter> named ? named.Count : 1;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => Named.Keys;

    public ICollection<Parameter> Values => Named.Values;

    public Parameter this[string key]
    {
        get => Named.TryGetValue(key, out Parameter? value) ? value
            : throw new KeyNotFoundException($"The parameter has no value named \"{key}\"; it has {string.Join(", ", Named.Keys)}.");
        set => Named[key] = value;
    }

    public void Add(string key, Parameter value) => Named.Add(key, value);

    public bool ContainsKey(string key) => Named.ContainsKey(key);

    public bool Remove(string key) => Named.Remove(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => Named.TryGetValue(key, out value);

    public void Clear() => Named.Clear();

    void ICollection<KeyValuePair<string, Parameter>>.Add(KeyValuePair<string, Parameter> item) => Named.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, Parameter>>.Contains(KeyValuePair<string, Parameter> item) => Named.Contains(item);

    bool ICollection<KeyValuePair<string, Parameter>>.Remove(KeyValuePair<string, Parameter> item) => Named.Contains(item) && Named.Remove(item.Key);

    void ICollection<KeyValuePair<string, Parameter>>.CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, Parameter>>)Named).CopyTo(array, arrayIndex);

    public IEnumerator<KeyValuePair<string, Parameter>> GetEnumerator() => Named.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(Parameter? other) => other is not null && (ReferenceEquals(this, other) || Canonical == other.Canonical);

    public override bool Equals(object? obj) => Equals(obj as Parameter);

    /// <summary>The same in every process.</summary>
    public override int GetHashCode() => ParameterJson.StableHash(Canonical);

    public bool Equals(Parameter? x, Parameter? y) => x is null ? y is null : x.Equals(y);

    public int GetHashCode(Parameter obj) => obj.GetHashCode();

    /// <summary>The value as JSON in one line.</summary>
    public override string ToString() => ParameterJson.Write(this, sorted: false);

    internal static Parameter FromList(List<Parameter> values) => new(values, ParameterType.Array);

    internal static Parameter Nothing { get; } = new(null, ParameterType.Object);

    private string Canonical => ParameterJson.Write(this, sorted: true);

    private Dictionary<string, Parameter> Named => Value as Dictionary<string, Parameter>
        ?? throw new InvalidOperationException($"Expected named values, found {ParameterType} {this}.");
}

/// <summary>The kind of JSON value that a parameter is.</summary>
public enum ParameterType
{
    Integer = 0,
    Number = 1,
    Bool = 2,
    String = 3,
    Object = 4,
    Array = 5,
}
