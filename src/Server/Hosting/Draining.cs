using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary>When the server is to end, it says first that it is not ready any more, and goes on answering for a while; then the web server stops listening and finishes what it accepted.</summary>
internal sealed class Draining(ModelHost host, IOptions<ModelServerOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        host.IsDraining = true;
        return Task.Delay(options.Value.DrainTime, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
