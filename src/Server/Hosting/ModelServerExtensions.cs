using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary>Adds models behind HTTP to an ASP.NET Core app: <c>builder.Services.AddModelServer()</c>, and <c>app.MapModels()</c>.</summary>
public static class ModelServerExtensions
{
    /// <summary>Adds the services that load models and watch their folder.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Sets options, after those of the configuration's section <c>ModelServer</c>.</param>
    public static IServiceCollection AddModelServer(this IServiceCollection services, Action<ModelServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<ModelServerOptions>().BindConfiguration(ModelServerOptions.Section);
        if (configure is not null) services.Configure(configure);
        services.TryAddSingleton<ServingObservers>();
        services.TryAddSingleton<ServerMetrics>();
        services.TryAddSingleton<DriftMonitor>();
        services.AddSingleton<IServingObserver>(provider => provider.GetRequiredService<ServerMetrics>());
        services.AddSingleton<IServingObserver>(provider => provider.GetRequiredService<DriftMonitor>());
        services.AddSingleton<IServingObserver, RequestLog>();
        services.TryAddSingleton<ApiKeyGate>();
        services.TryAddSingleton<InferenceEndpoints>();
        services.TryAddSingleton<ModelHost>();
        services.TryAddSingleton<ShadowTraffic>();
        services.TryAddSingleton<PredictEndpoint>();
        services.AddHostedService<Draining>();
        services.AddHostedService<ModelWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ShadowTraffic>());
        return services;
    }

    /// <summary>
    /// Maps <c>POST /models/{name}/predict</c>, <c>GET /models</c>, <c>GET /models/{name}</c>, <c>/healthz</c> and <c>/readyz</c>;
    /// the Open Inference Protocol under <c>/v2</c>; <c>/metrics</c>, <c>/models/{name}/drift</c>, <c>/openapi.json</c>, and the page <c>/try</c>.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">What stands before each path, such as <c>/ml</c>.</param>
    /// <returns>All of them, to ask for authorization and the like.</returns>
    public static IEndpointConventionBuilder MapModels(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RouteGroupBuilder group = endpoints.MapGroup(prefix);
        IServiceProvider services = endpoints.ServiceProvider;
        var predict = services.GetRequiredService<PredictEndpoint>();
        var host = services.GetRequiredService<ModelHost>();
        group.MapPost("/models/{name}/predict", predict.HandleAsync);
        ModelEndpoints.Map(group, host);
        HealthEndpoints.Map(group, host);
        services.GetRequiredService<InferenceEndpoints>().Map(group);
        var drift = services.GetRequiredService<DriftMonitor>();
        DriftEndpoint.Map(group, host, drift);
        IEndpointConventionBuilder metrics = MetricsEndpoint.Map(group, host, services.GetRequiredService<ServerMetrics>(), drift);
        if (services.GetRequiredService<IOptions<ModelServerOptions>>().Value.OpenMetrics) metrics.WithMetadata(ApiKeyGate.Open.Endpoint);
        OpenApiEndpoint.Map(group, host);
        TryItPage.Map(group);
        services.GetRequiredService<ApiKeyGate>().Guard(group);
        return group;
    }
}
