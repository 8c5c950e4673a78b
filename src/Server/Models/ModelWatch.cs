using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary>
/// Loads the models when the server starts, and looks again when the file system says that something changed, and every now and then: events get lost on network drives and
/// in containers.
/// </summary>
internal sealed partial class ModelWatch(ModelHost host, IOptions<ModelServerOptions> options, ILogger<ModelWatch> log) : BackgroundService
{
    // Two looks that see the same file are this far apart.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _changed = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Look(settled: true, stoppingToken).ConfigureAwait(false);
        TimeSpan interval = options.Value.PollInterval;
        if (interval <= TimeSpan.Zero) return;
        FileSystemWatcher? watcher = null;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                watcher ??= Watch();
                await _changed.WaitAsync(interval, stoppingToken).ConfigureAwait(false);
                while (await Look(settled: false, stoppingToken).ConfigureAwait(false)) await Task.Delay(Settle, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
        finally
        {
            watcher?.Dispose();
        }

        // Where it cannot be watched, looking every now and then is enough.
        FileSystemWatcher? Watch()
        {
            try
            {
                var made = new FileSystemWatcher(host.Folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
                made.Changed += (_, _) => Wake();
                made.Created += (_, _) => Wake();
                made.Renamed += (_, _) => Wake();
                made.Deleted += (_, _) => Wake();
                made.EnableRaisingEvents = true;
                return made;
            }
            catch (Exception e) when (e is ArgumentException or IOException)
            {
                return null;
            }
        }
    }

    private void Wake()
    {
        if (_changed.CurrentCount > 0) return;
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else did.
        }
    }

    private async Task<bool> Look(bool settled, CancellationToken cancellation)
    {
        try
        {
            return await host.RefreshAsync(settled, cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Looking goes on whatever happened to one look.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(e);
            return false;
        }
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    [LoggerMessage(1, LogLevel.Error, "The folder of models could not be looked at")]
    private partial void LogFailed(Exception exception);
}
