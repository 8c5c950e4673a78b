using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MLPipelines.Server;

/// <summary>Sends traces to a collector by OTLP, where OpenTelemetry's usual settings name one: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its siblings.</summary>
internal static class TraceExport
{
    internal static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is null && configuration["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] is null) return;
        // The spans of ASP.NET Core carry method, route and status then.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? "mlp-serve", serviceVersion: Persistence.ModelFile.LibraryVersion))
            .WithTracing(tracing => tracing.AddSource(ServingTraces.SourceName, "Microsoft.AspNetCore").AddOtlpExporter());
    }
}
