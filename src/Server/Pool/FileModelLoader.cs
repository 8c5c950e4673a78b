using System.Diagnostics;
using MLPipelines.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace MLPipelines.Extensions.ML;

/// <summary>Loads a model from a file, and again when the file is written or replaced. A file that cannot be loaded is reported, and the model before it stays.</summary>
internal sealed class FileModelLoader(IOptions<MLOptions> options, ILogger<FileModelLoader> logger) : ModelLoader, IDisposable
{
    /// <summary>A file that is copied changes many times; it is read when it has been left alone for so long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private readonly MLContext _context = options.Value.MLContext;
    private readonly LoadedModel _loaded = new();
    private readonly Lock _loading = new();
    private FileSystemWatcher? _watcher;
    private Timer? _timer;
    private string _path = "";

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MLPipelinesException">The file is no model.</exception>
    internal void Start(string filePath, bool watchForChanges)
    {
        _path = Path.GetFullPath(filePath);
        _loaded.Replace(_context.Model.Load(_path, out _));
        if (!watchForChanges) return;
        _timer = new Timer(_ => Reload());
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!, Path.GetFileName(_path));
        // Programs that replace files safely write beside them and rename.
        _watcher.Changed += OnChange;
        _watcher.Created += OnChange;
        _watcher.Renamed += OnChange;
        _watcher.EnableRaisingEvents = true;
    }

    public override IChangeToken GetReloadToken() => _loaded.Token;

    public override ITransformer GetModel() => _loaded.Model;

    public void Dispose()
    {
        _watcher?.Dispose();
        _timer?.Dispose();
    }

    private void OnChange(object sender, FileSystemEventArgs e)
    {
        try
        {
            _timer!.Change(Quiet, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The pool has ended.
        }
    }

    private void Reload()
    {
        lock (_loading)
        {
            long start = Stopwatch.GetTimestamp();
            PoolLog.FileReloadBegin(logger, _path);
            try
            {
                _loaded.Replace(_context.Model.Load(_path, out _));
                PoolLog.FileReloadEnd(logger, _path, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            catch (Exception e) when (e is MLPipelinesException or IOException or UnauthorizedAccessException or NotSupportedException)
            {
                PoolLog.FileReloadError(logger, _path, Stopwatch.GetElapsedTime(start).TotalMilliseconds, e);
            }
        }
    }
}
