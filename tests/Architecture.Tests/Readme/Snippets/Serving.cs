using Microsoft.AspNetCore.Builder;
using MLPipelines.Server;

namespace Snippets;

/// <summary>The code of docs/guides/serving.md.</summary>
internal static class Serving
{
    internal static WebApplication Create(WebApplicationBuilder builder)
    {
        builder.Services.AddModelServer(options => options.Path = "models");
        WebApplication app = builder.Build();
        app.MapModels();
        return app;
    }
}
