using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary>
/// The models that are served: those of a folder, by name, version and alias. A file that is replaced is loaded beside what is served, checked, and takes its place at
/// once; requests that began with the old one end with it. A file that cannot be served is refused and reported, and what was served stays.
/// </summary>
public sealed partial class ModelHost : IDisposable
{
    private readonly ModelServerOptions _options;
    private readonly ServingObservers _observers;
    private readonly ILogger<ModelHost> _log;
    private readonly ModelLoader _loader;
    private readonly Dictionary<string, FileEntry> _files = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private ModelFolder _folder;
    private byte[]? _settingsBytes;
    private Dictionary<string, ModelSettings> _fileSettings = [];
    private volatile ModelSnapshot _snapshot;
    private volatile IReadOnlyList<ModelStatus> _status = [];

    /// <summary>Made by the service container.</summary>
    public ModelHost(IOptions<ModelServerOptions> options, ServingObservers observers, ILogger<ModelHost> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _observers, _log) = (options.Value, observers, log);
        int scorers = _options.Scorers > 0 ? _options.Scorers : Environment.ProcessorCount;
        _loader = new ModelLoader(new ScoringQueueOptions(scorers, _options.BatchRows, _options.QueueLimit, observers), _options.RequireCompatibleSchema);
        _folder = new ModelFolder(_options.Path);
        _snapshot = new ModelSnapshot([], new Dictionary<string, ModelSettings>());
    }

    /// <summary>All models that are served, every version of each.</summary>
    public IReadOnlyList<ServedModel> Models => _snapshot.Models;

    /// <summary>All ways to ask for them: <c>name</c>, <c>name@2</c>, <c>name@production</c>.</summary>
    public IEnumerable<string> References => _snapshot.References;

    /// <summary>How each file of the folder fares.</summary>
    public IReadOnlyList<ModelStatus> Status => _status;

    /// <summary>Whether all files have been looked at once.</summary>
    public bool HasLoaded { get; private set; }

    /// <summary>Whether the server ends, and takes no new work.</summary>
    public bool IsDraining { get; internal set; }

    /// <summary>Whether requests can be answered.</summary>
    public bool IsReady => HasLoaded && !IsDraining && _snapshot.Models.Count > 0;

    /// <summary>Why requests cannot be answered; <see langword="null"/> where they can.</summary>
    public string? WhyNotReady => IsDraining ? "The server is shutting down." : !HasLoaded ? "Models are being loaded." : _snapshot.Models.Count == 0 ? $"No model is served: {Problem()}" : null;

    /// <summary>The model that a way of asking means; <see langword="null"/> where there is none.</summary>
    /// <param name="reference"><c>name</c>, <c>name@2</c> or <c>name@production</c>.</param>
    public ServedModel? Find(string reference) => _snapshot.Find(reference);

    /// <summary>The same, or an error that names the models there are.</summary>
    /// <exception cref="RequestProblemException">There is none (404), or models are being loaded (503).</exception>
    public ServedModel Get(string reference)
    {
        ModelSnapshot now = _snapshot;
        if (now.Find(reference) is { } model) return model;
        if (!HasLoaded) throw new RequestProblemException(503, "Models are being loaded; try again.");
        string[] there = [.. now.References.Order(StringComparer.Ordinal)];
        string shown = reference.Length <= 100 ? reference : reference[..100] + "…";
        throw new RequestProblemException(404, $"There is no model '{shown}'.{NearNames.Hint(shown, there)} {(there.Length == 0 ? "No model is served." : $"Models here: {string.Join(", ", there.Take(50))}{(there.Length > 50 ? " and more" : "")}.")}");
    }

    internal (ServedModel Shadow, ShadowSettings Settings)? ShadowOf(ServedModel model) => _snapshot.ShadowOf(model);

    /// <summary>Where the file system is to be watched.</summary>
    internal string Folder => _folder.Folder;

    /// <summary>Looks at the folder, and loads what is new or changed.</summary>
    /// <param name="settled">Whether files that may still be written to are loaded as well, as they are.</param>
    /// <param name="cancellation">Ends it between two files.</param>
    /// <returns>Whether some files may still be written to, so that it is worth looking again soon.</returns>
    public async Task<bool> RefreshAsync(bool settled = false, CancellationToken cancellation = default)
    {
        await _refreshing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Refresh(settled, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();

    private bool Refresh(bool settled, CancellationToken cancellation)
    {
        // What was a file may have become a folder, and the other way round, as long as nothing is served.
        if (_files.Count == 0) _folder = new ModelFolder(_options.Path);
        List<ModelFileState> found;
        try
        {
            found = _folder.Look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Mounted again, or moved: what is served stays.
            Report(new ModelStatus(_options.Path, "", 0, null, $"The folder of models cannot be read: {e.Message}"));
            HasLoaded = true;
            return false;
        }
        bool unsettled = false, changed = false;
        foreach (ModelFileState file in found)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_files.TryGetValue(file.Path, out FileEntry? entry)) _files[file.Path] = entry = new FileEntry();
            entry.GoneSince = null;
            bool isSettled = settled || file.IsAs(entry.Seen) || DateTime.UtcNow - file.Written > Settling;
            entry.Seen = file;
            if (file.IsAs(entry.Tried) && file.Problem == entry.Tried!.Problem) continue;
            if (!isSettled)
            {
                unsettled = true;
                continue;
            }
            (entry.Tried, entry.Problem) = (file, file.IsAs(entry.Tried) ? entry.Problem : null);
            changed |= TryLoad(file, entry);
            // Others are served while the next one is loaded.
            if (changed) Publish();
            changed = false;
        }
        changed |= DropGone(found) | ReadSettings();
        if (changed || !HasLoaded) Publish();
        _status = [.. _files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new ModelStatus(file.Key, file.Value.Seen!.Name, file.Value.Seen.Version, file.Value.Model, file.Value.Problem)),
            .. _settingsProblem is null ? (ModelStatus[])[] : [new ModelStatus(_folder.SettingsPath, "", 0, null, _settingsProblem)]];
        HasLoaded = true;
        return unsettled;
    }

    /// <summary>How long ago a file must have been written to for the first look to take it as whole.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    private bool TryLoad(ModelFileState file, FileEntry entry)
    {
        ServedModel? previous = entry.Model;
        try
        {
            if (file.Problem is { } problem) throw new MLPipelinesException(problem);
            entry.Model = _loader.Load(file.Name, file.Version, file.Path, previous);
            entry.Problem = null;
        }
#pragma warning disable CA1031 // Whatever is wrong with a file must not end the server; it is reported.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // What cannot be read now may be the next time.
            if (e is IOException or UnauthorizedAccessException) entry.Tried = null;
            if (entry.Problem == e.Message) return false;
            entry.Problem = e.Message;
            LogRefused(file.Name, file.Version, previous is null ? "nothing is served in its place" : $"the one loaded at {previous.LoadedAt:u} stays", e.Message);
            _observers.ModelChanged(new ModelChange(ModelChangeKind.Refused, file.Name, file.Version, file.Path, previous, previous, e.Message));
            return false;
        }
        if (entry.Model == previous) return false;
        LogLoaded(file.Name, file.Version, entry.Model.Bytes, entry.Model.Sha256, previous is null ? "loaded" : "swapped");
        _observers.ModelChanged(new ModelChange(previous is null ? ModelChangeKind.Loaded : ModelChangeKind.Swapped, file.Name, file.Version, file.Path, entry.Model, previous, null));
        return true;
    }

    private bool DropGone(List<ModelFileState> found)
    {
        bool changed = false;
        foreach (string path in _files.Keys.Except(found.Select(file => file.Path), StringComparer.Ordinal).ToList())
        {
            FileEntry entry = _files[path];
            entry.GoneSince ??= DateTime.UtcNow;
            entry.Seen = entry.Seen! with { Written = default };
            entry.Tried = null;
            if (entry.Model is not null && DateTime.UtcNow - entry.GoneSince < _options.RemovalDelay) continue;
            _files.Remove(path);
            if (entry.Model is null) continue;
            changed = true;
            LogRemoved(entry.Model.Name, entry.Model.Version);
            _observers.ModelChanged(new ModelChange(ModelChangeKind.Removed, entry.Model.Name, entry.Model.Version, path, null, entry.Model, null));
        }
        return changed;
    }

    private string? _settingsProblem;

    private bool ReadSettings()
    {
        try
        {
            byte[]? bytes = _folder.ReadSettings();
            if (bytes is null ? _settingsBytes is null : _settingsBytes is not null && bytes.AsSpan().SequenceEqual(_settingsBytes)) return false;
            _settingsBytes = bytes;
            _fileSettings = bytes is null ? [] : ModelSettingsFile.Parse(bytes, _folder.SettingsPath);
            _settingsProblem = null;
            return true;
        }
        catch (Exception e) when (e is MLPipelinesException or IOException or UnauthorizedAccessException)
        {
            // The settings that held before still hold.
            if (_settingsProblem != e.Message) LogSettings(e.Message);
            _settingsProblem = e.Message;
            return false;
        }
    }

    private void Publish()
    {
        var settings = new Dictionary<string, ModelSettings>(_options.Models, StringComparer.Ordinal);
        foreach (var (name, own) in _fileSettings) settings[name] = own;
        var next = new ModelSnapshot(_files.Values.Select(file => file.Model).OfType<ServedModel>(), settings);
        foreach (string problem in next.Problems.Except(_snapshot.Problems)) LogSettings(problem);
        _snapshot = next;
    }

    private void Report(ModelStatus status)
    {
        if (_status is [{ } last] && last.Problem == status.Problem) return;
        LogSettings(status.Problem!);
        _status = [status];
    }

    private string Problem() => _status.FirstOrDefault(status => status.Problem is not null)?.Problem ?? $"there are no model files in {_options.Path}.";

    [LoggerMessage(1, LogLevel.Information, "Model {Model}@{Version}: {How}, {Bytes} bytes, sha-256 {Sha256}")]
    private partial void LogLoaded(string model, int version, long bytes, string sha256, string how);

    [LoggerMessage(2, LogLevel.Error, "Model {Model}@{Version} refused, {Instead}: {Problem}")]
    private partial void LogRefused(string model, int version, string instead, string problem);

    [LoggerMessage(3, LogLevel.Information, "Model {Model}@{Version} is served no more: its file is gone")]
    private partial void LogRemoved(string model, int version);

    [LoggerMessage(4, LogLevel.Warning, "{Problem}")]
    private partial void LogSettings(string problem);

    /// <summary>What is known of a file.</summary>
    private sealed class FileEntry
    {
        /// <summary>How it looked last.</summary>
        internal ModelFileState? Seen { get; set; }

        /// <summary>How it looked when it was loaded last, or could not be.</summary>
        internal ModelFileState? Tried { get; set; }

        internal ServedModel? Model { get; set; }

        internal string? Problem { get; set; }

        internal DateTime? GoneSince { get; set; }
    }
}

/// <summary>How a model file fares.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">The name of the model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Model">What is served; an older content of the file where <paramref name="Problem"/> says why the newest cannot be.</param>
/// <param name="Problem">What is wrong; <see langword="null"/> where nothing is.</param>
public sealed record ModelStatus(string File, string Name, int Version, ServedModel? Model, string? Problem);
