using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MLPipelines.Extensions.ML;

namespace Snippets;

/// <summary>The code of docs/guides/operating.md.</summary>
internal static class PredictionPool
{
    internal sealed class Ticket
    {
        public string Text { get; set; } = "";
    }

    internal sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";
    }

    internal static WebApplication Create(WebApplicationBuilder builder)
    {
        builder.Services.AddPredictionEnginePool<Ticket, Answer>()
            .FromFile("tickets", "models/tickets.zip", watchForChanges: true);
        WebApplication app = builder.Build();
        app.MapPost("/route", (PredictionEnginePool<Ticket, Answer> pool, Ticket ticket) => pool.Predict("tickets", ticket).PredictedLabel);
        return app;
    }
}
