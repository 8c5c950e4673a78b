using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace MLPipelines.Server;

/// <summary>The server of <c>mlp serve</c>: an app with nothing in it but models.</summary>
internal static class ModelServerApp
{
    /// <param name="listening">Where it listens.</param>
    /// <param name="configure">Sets options of the server, before those of the command line.</param>
    /// <param name="overrides">What the command line says, by the keys of the configuration.</param>
    internal static WebApplication Create(Listening listening, IEnumerable<KeyValuePair<string, string?>> overrides, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(overrides);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // The slim builder has chosen the plain form, whatever the configuration says.
        if (builder.Configuration["Logging:Console:FormatterName"] == ConsoleFormatterNames.Json) builder.Logging.AddJsonConsole();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(60));
        // Whoever runs the command ends it by a token.
        builder.Services.RemoveAll<IHostLifetime>();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddModelServer();
        TraceExport.Add(builder.Services, builder.Configuration);
        configure?.Invoke(builder);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel((context, kestrel) => Configure(kestrel, listening, context.Configuration));
        WebApplication app = builder.Build();
        OpenAddress.Check(listening, app.Configuration, app.Services.GetRequiredService<ApiKeyGate>(), app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ModelServerOptions>>().Value.AllowAnonymous);
        app.MapModels();
        app.MapGet("/", context =>
        {
            context.Response.Redirect("/try");
            return Task.CompletedTask;
        });
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, Listening listening, IConfiguration configuration)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        // Who sends or reads more slowly than this holds a connection that others need.
        limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MaxConcurrentConnections = 10_000;
        // Endpoints and certificates of the configuration's section Kestrel, as in any ASP.NET Core app.
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            kestrel.Configure(configuration.GetSection("Kestrel"));
            return;
        }
        Action<ListenOptions> secure = listening.Certificate is { } certificate ? options => options.UseHttps(certificate) : _ => { };
        if (listening.Address is null) kestrel.ListenLocalhost(listening.Port, secure);
        else kestrel.Listen(listening.Address, listening.Port, secure);
    }

    /// <summary>Where a server listens.</summary>
    /// <param name="Address">The address; <see langword="null"/> for this machine only.</param>
    /// <param name="Port">The port; 0 for one that is free.</param>
    /// <param name="Certificate">For TLS; <see langword="null"/> without it.</param>
    internal sealed record Listening(System.Net.IPAddress? Address, int Port, X509Certificate2? Certificate);

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
