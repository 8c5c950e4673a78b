using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MLPipelines.Server;

/// <summary><c>GET /metrics</c>, for Prometheus.</summary>
internal static class MetricsEndpoint
{
    internal static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, ModelHost host, ServerMetrics metrics, DriftMonitor drift) => endpoints.MapGet("/metrics", context =>
    {
        context.Response.ContentType = PrometheusWriter.ContentType;
        return context.Response.WriteAsync(metrics.Write(host, drift), context.RequestAborted);
    });
}
