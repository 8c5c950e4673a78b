using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MLPipelines.Cli.Output;
using MLPipelines.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MLPipelines.Cli.Serving;

/// <summary><c>mlp serve</c>: answers over HTTP until it is asked to end.</summary>
internal sealed class ModelServing(CommandHost host, string path)
{
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal) { [$"{ModelServerOptions.Section}:{nameof(ModelServerOptions.Path)}"] = path };

    internal required string Host { get; init; }

    internal required int Port { get; init; }

    internal string? Certificate { get; init; }

    internal string? CertificateKey { get; init; }

    internal string? CertificatePassword { get; init; }

    /// <summary>Sets an option of the server.</summary>
    internal void Set(string option, object? value)
    {
        if (value is not null) _settings[$"{ModelServerOptions.Section}:{option}"] = Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    internal int Run() => RunAsync().GetAwaiter().GetResult();

    private async Task<int> RunAsync()
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw new UsageException($"There is no model file or folder {path}.");
        await using WebApplication app = ModelServerApp.Create(new ModelServerApp.Listening(Address(), Port, LoadCertificate()), _settings);
        var models = app.Services.GetRequiredService<ModelHost>();
        await models.RefreshAsync(settled: true, host.Cancellation).ConfigureAwait(false);
        // A folder may get its models later; a file that is asked for must be one.
        if (models.Models.Count == 0 && File.Exists(path)) throw new UsageException(models.WhyNotReady ?? $"{path} cannot be served.");
        await app.StartAsync(host.Cancellation).ConfigureAwait(false);
        foreach (string url in app.Urls) host.Error.WriteLine($"{Served(models)} at {url}");
        await Ended(host.Cancellation).ConfigureAwait(false);
        host.Error.WriteLine("Ending: what was accepted is answered.");
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return Faults.Success;
    }

    private static string Served(ModelHost models) => models.Models.Count == 0 ? "No model yet" : Figures.Count(models.Models.Count, "model") + ": " + string.Join(", ", models.Models.Take(10));

    private static async Task Ended(CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = cancellation.Register(ended.SetResult);
        await ended.Task.ConfigureAwait(false);
    }

    private IPAddress? Address()
    {
        if (Host == "localhost") return null;
        return Host is "*" or "+" ? IPAddress.IPv6Any : IPAddress.TryParse(Host, out IPAddress? address) ? address : throw new UsageException($"--host: found '{Host}', expected an address such as 127.0.0.1, 0.0.0.0 for all, or localhost.");
    }

    private X509Certificate2? LoadCertificate()
    {
        if (Certificate is null) return null;
        try
        {
            if (!Certificate.EndsWith(".pfx", StringComparison.OrdinalIgnoreCase) && !Certificate.EndsWith(".p12", StringComparison.OrdinalIgnoreCase)) return X509Certificate2.CreateFromPemFile(Certificate, CertificateKey);
            return X509CertificateLoader.LoadPkcs12FromFile(Certificate, CertificatePassword);
        }
        catch (Exception e) when (e is CryptographicException or IOException)
        {
            throw new UsageException($"--certificate: {Certificate} cannot be used: {e.Message}");
        }
    }
}
