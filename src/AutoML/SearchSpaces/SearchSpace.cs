using System.Collections;
using System.Diagnostics.CodeAnalysis;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.SearchSpace;

/// <summary>
/// Named options. Its coordinates are those of its options, in ordinal order of their names; an option may be a search
/// space again.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "As in the API that is kept.")]
public class SearchSpace : OptionBase, IDictionary<string, OptionBase>
{
    private readonly SortedDictionary<string, OptionBase> _options = new(StringComparer.Ordinal);
    private readonly Parameter? _fixed;

    /// <summary>A space without options.</summary>
    public SearchSpace() { }

    private protected SearchSpace(IEnumerable<KeyValuePair<string, OptionBase>> options, Parameter? fixedValues)
    {
        foreach ((string name, OptionBase option) in options) _options.Add(name, option);
        _fixed = fixedValues;
    }

    public override int FeatureSpaceDim => _options.Values.Sum(option => option.FeatureSpaceDim);

    public override double[] Default => [.. _options.Values.SelectMany(option => option.Default ?? [])];

    public override int?[] Step => [.. _options.Values.SelectMany(option => option.Step)];

    public override Parameter SampleFromFeatureSpace(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != FeatureSpaceDim) throw new ArgumentException($"The space has {FeatureSpaceDim} coordinates; found {values.Length}.", nameof(values));
        var sampled = Parameter.CreateNestedParameter();
        int start = 0;
        foreach ((string name, OptionBase option) in _options)
        {
            sampled[name] = option.SampleFromFeatureSpace(values[start..(start + option.FeatureSpaceDim)]);
            start += option.FeatureSpaceDim;
        }
        return _fixed is null ? sampled : Over(_fixed, sampled);
    }

    /// <summary>The coordinates of named values; a value that is not there counts as the one that a search starts at.</summary>
    public override double[] MappingToFeatureSpace(Parameter value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return [.. _options.SelectMany(pair => value.TryGetValue(pair.Key, out Parameter? inner) ? pair.Value.MappingToFeatureSpace(inner) : pair.Value.Default ?? [])];
    }

    public OptionBase this[string key]
    {
        get => _options[key];
        set => _options[key] = value;
    }

    public ICollection<string> Keys => _options.Keys;

    public ICollection<OptionBase> Values => _options.Values;

    public int Count => _options.Count;

    public bool IsReadOnly => false;

    public void Add(string key, OptionBase value) => _options.Add(key, value);

    public void Add(KeyValuePair<string, OptionBase> item) => _options.Add(item.Key, item.Value);

    public void Clear() => _options.Clear();

    public bool Contains(KeyValuePair<string, OptionBase> item) => _options.Contains(item);

    public bool ContainsKey(string key) => _options.ContainsKey(key);

    public void CopyTo(KeyValuePair<string, OptionBase>[] array, int arrayIndex) => _options.CopyTo(array, arrayIndex);

    public bool Remove(string key) => _options.Remove(key);

    public bool Remove(KeyValuePair<string, OptionBase> item) => Contains(item) && _options.Remove(item.Key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out OptionBase value) => _options.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, OptionBase>> GetEnumerator() => _options.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A number for what the middle of the space is: the same in every process, equal for spaces built in different ways.</summary>
    public override int GetHashCode()
    {
        var middle = new double[FeatureSpaceDim];
        Array.Fill(middle, 0.5);
        return ParameterJson.StableHash(ParameterJson.Write(SampleFromFeatureSpace(middle), sorted: true));
    }

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <summary>The values of both, where both have one that of <paramref name="upper"/>.</summary>
    private static Parameter Over(Parameter lower, Parameter upper)
    {
        if (lower.Value is not Dictionary<string, Parameter> below || upper.Value is not Dictionary<string, Parameter> above) return upper;
        var merged = Parameter.CreateNestedParameter([.. below]);
        foreach ((string name, Parameter value) in above)
            merged[name] = below.TryGetValue(name, out Parameter? under) ? Over(under, value) : value;
        return merged;
    }
}

/// <summary>The options that the attributes of <typeparamref name="T"/> state: [Range], [Choice], [BooleanChoice] and [NestOption].</summary>
public sealed class SearchSpace<[DynamicallyAccessedMembers(ParameterObjects.Needed)] T> : SearchSpace where T : class, new()
{
    public SearchSpace() : base(AttributedOptions.Of(typeof(T)), fixedValues: null) { }

    /// <param name="defaultOption">Gives the values of all members that carry no attribute.</param>
    public SearchSpace(T defaultOption) : base(AttributedOptions.Of(typeof(T)), Parameter.FromObject(defaultOption)) { }

    /// <summary>The options at coordinates, each in [0, 1].</summary>
    public new T SampleFromFeatureSpace(double[] feature) => base.SampleFromFeatureSpace(feature).AsType<T>();

    /// <summary>The coordinates of options, each in [0, 1].</summary>
    public double[] MappingToFeatureSpace(T input) => MappingToFeatureSpace(Parameter.FromObject(input));
}
