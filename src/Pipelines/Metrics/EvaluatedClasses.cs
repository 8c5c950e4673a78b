using System.Globalization;

namespace MLPipelines.Data;

/// <summary>
/// The classes of a model and of the labels that it is evaluated on. Labels are matched to the model's classes by value where
/// both have values: the keys of data that was mapped on its own may be in another order. Labels that the model does not have
/// become classes after its own.
/// </summary>
internal sealed class EvaluatedClasses
{
    private readonly List<string> _names;
    private readonly Dictionary<string, int>? _byName;
    private readonly KeyValues? _labels;
    private readonly Dictionary<int, int> _classOfLabel = [];

    internal EvaluatedClasses(DataViewSchema.Column label, DataViewSchema.Column score, int modelCount, DataViewSchema.Column? predicted)
    {
        ModelCount = modelCount;
        _labels = label.Type is KeyDataViewType ? KeyValues.Of(label) : null;
        KeyValues? trained = KeyValues.Of(score, AnnotationKinds.TrainingLabelValues);
        if (trained is null && !score.HasSlotNames() && predicted is { Type: KeyDataViewType } keys) trained = KeyValues.Of(keys);
        string[]? names = TextsOf(trained) ?? score.SlotNamesOrNull();
        if (names?.Length != modelCount) names = null;
        AreNamed = names is null ? _labels is { Type: TextDataViewType } : trained is null or { Type: TextDataViewType };
        string[]? labels = TextsOf(_labels);
        bool sameOrder = names is null || labels is null || names.AsSpan().SequenceEqual(labels);
        _names = [.. names ?? (labels?.Length == modelCount ? labels : Enumerable.Range(0, modelCount).Select(i => i.ToString(CultureInfo.InvariantCulture)))];
        if (sameOrder) return;
        _byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < modelCount; i++) _byName.TryAdd(names![i], i);
    }

    /// <summary>How many classes the model has.</summary>
    internal int ModelCount { get; }

    internal IReadOnlyList<string> Names => _names;

    /// <summary>Whether the classes are called by text, rather than by numbers.</summary>
    internal bool AreNamed { get; }

    /// <summary>The class of a label, counted from 0.</summary>
    internal int ClassOf(int label)
    {
        if (_byName is null && label < ModelCount) return label;
        if (_classOfLabel.TryGetValue(label, out int known)) return known;
        string name = _labels is { } values && label < values.Count ? values.TextOf(label) : label.ToString(CultureInfo.InvariantCulture);
        if (_byName is null || !_byName.TryGetValue(name, out int index))
        {
            index = _names.Count;
            _names.Add(name);
        }
        return _classOfLabel[label] = index;
    }

    private static string[]? TextsOf(KeyValues? values) => values is null ? null : [.. Enumerable.Range(0, values.Count).Select(values.TextOf)];
}
