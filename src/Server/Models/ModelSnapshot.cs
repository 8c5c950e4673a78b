using System.Collections.Frozen;

namespace MLPipelines.Server;

/// <summary>All models that are served at a moment, and what each way of asking for one means. It is replaced as a whole, so that no request sees half of a change.</summary>
internal sealed class ModelSnapshot
{
    private readonly FrozenDictionary<string, ServedModel> _byReference;
    private readonly FrozenDictionary<string, (ServedModel Shadow, ShadowSettings Settings)> _shadows;

    internal ModelSnapshot(IEnumerable<ServedModel> models, IReadOnlyDictionary<string, ModelSettings> settings)
    {
        Models = [.. models.OrderBy(model => model.Name, StringComparer.Ordinal).ThenBy(model => model.Version)];
        var all = new Dictionary<string, ServedModel>(StringComparer.Ordinal);
        var shadows = new Dictionary<string, (ServedModel, ShadowSettings)>(StringComparer.Ordinal);
        foreach (IGrouping<string, ServedModel> versions in Models.GroupBy(model => model.Name))
        {
            Dictionary<int, ServedModel> byVersion = versions.ToDictionary(model => model.Version);
            foreach (ServedModel model in versions) all[model.ToString()] = model;
            // A file without a number is what the name means until it is replaced; of numbered ones it is the newest.
            ServedModel usual = versions.FirstOrDefault(model => !Path.GetFileName(model.File).Contains('@')) ?? versions.Last();
            all[versions.Key] = usual;
            ModelSettings? own = settings.GetValueOrDefault(versions.Key);
            foreach (var (alias, version) in own?.Aliases ?? new Dictionary<string, int>())
            {
                if (!byVersion.TryGetValue(version, out ServedModel? model))
                {
                    Problems.Add($"The alias {versions.Key}@{alias} stands for version {version}, which is not there.");
                    continue;
                }
                all[alias == "default" ? versions.Key : $"{versions.Key}@{alias}"] = model;
            }
            if (own?.Shadow is not { } shadow) continue;
            if (byVersion.TryGetValue(shadow.Version, out ServedModel? other)) shadows[versions.Key] = (other, shadow);
            else Problems.Add($"The shadow of {versions.Key} is version {shadow.Version}, which is not there.");
        }
        (_byReference, _shadows, Settings) = (all.ToFrozenDictionary(StringComparer.Ordinal), shadows.ToFrozenDictionary(StringComparer.Ordinal), settings);
    }

    internal IReadOnlyList<ServedModel> Models { get; }

    internal IReadOnlyDictionary<string, ModelSettings> Settings { get; }

    /// <summary>Settings that nothing fits to.</summary>
    internal List<string> Problems { get; } = [];

    /// <summary>All ways to ask for a model.</summary>
    internal IEnumerable<string> References => _byReference.Keys;

    internal ServedModel? Find(string reference) => _byReference.GetValueOrDefault(reference);

    /// <summary>What scores what a model answers, to be compared with it.</summary>
    internal (ServedModel Shadow, ShadowSettings Settings)? ShadowOf(ServedModel model) =>
        _shadows.TryGetValue(model.Name, out var shadow) && shadow.Shadow.Version != model.Version ? shadow : null;
}
