using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary>
/// The Open Inference Protocol, version 2, as KServe and Triton speak it: <c>/v2</c>, health, metadata, and <c>POST /v2/models/{name}/infer</c> with tensors as JSON. Columns are tensors
/// of their names.
/// </summary>
internal sealed class InferenceEndpoints(ModelHost host, ServingObservers observers, ShadowTraffic shadows, PredictEndpoint predictions, IOptions<ModelServerOptions> options)
{
    private readonly ConditionalWeakTable<ServedModel, Tensors> _tensors = [];

    private sealed record Tensors(TensorReader Reader, TensorWriter Writer);

    internal void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v2", context => JsonAnswers.SendAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name", "mlpipelines");
            json.WriteString("version", Persistence.ModelFile.LibraryVersion);
            json.WriteStartArray("extensions");
            json.WriteEndArray();
            json.WriteEndObject();
        }));
        endpoints.MapGet("/v2/health/live", context => InferenceAnswers.SendFlagAsync(context, "live", value: true)).WithMetadata(ApiKeyGate.Open.Endpoint);
        endpoints.MapGet("/v2/health/ready", context => InferenceAnswers.SendFlagAsync(context, "ready", host.IsReady)).WithMetadata(ApiKeyGate.Open.Endpoint);
        foreach (string model in new[] { "/v2/models/{name}", "/v2/models/{name}/versions/{version}" })
        {
            endpoints.MapGet(model, context => AboutAsync(context, one => JsonAnswers.SendAsync(context, json => WriteMetadata(json, one))));
            endpoints.MapGet($"{model}/ready", context => AboutAsync(context, one => InferenceAnswers.SendFlagAsync(context, "ready", host.IsReady, one.Name)));
            endpoints.MapPost($"{model}/infer", InferAsync);
        }
    }

    private ServedModel ModelOf(HttpContext context)
    {
        string name = (string)context.Request.RouteValues["name"]!;
        return host.Get(context.Request.RouteValues["version"] is string version ? $"{name}@{version}" : name);
    }

    private async Task AboutAsync(HttpContext context, Func<ServedModel, Task> answer)
    {
        try
        {
            await answer(ModelOf(context)).ConfigureAwait(false);
        }
        catch (RequestProblemException e)
        {
            await InferenceAnswers.SendErrorAsync(context, e.Status, e.Message).ConfigureAwait(false);
        }
    }

    private void WriteMetadata(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteStartArray("versions");
        foreach (ServedModel version in host.Models.Where(other => other.Name == model.Name)) json.WriteStringValue(version.Version.ToString(null, null));
        json.WriteEndArray();
        json.WriteString("platform", "mlpipelines");
        json.WriteStartArray("inputs");
        foreach (ModelInput input in model.Inputs) WriteTensor(json, input.Name, TensorType.Of(input.Type), input.Slots);
        json.WriteEndArray();
        json.WriteStartArray("outputs");
        foreach (DataViewSchema.Column output in model.Outputs) WriteTensor(json, output.Name, TensorType.Of(output.Type), output.Name == ScoreColumns.Score && model.Labels.Count > 0 ? model.Labels : null);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What the items of a vector are called, the labels among it, is a parameter, which the protocol leaves to servers.</summary>
    private static void WriteTensor(Utf8JsonWriter json, string name, TensorType type, IEnumerable<string>? items)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("datatype", type.Name);
        json.WriteStartArray("shape");
        json.WriteNumberValue(-1);
        if (type.Size != 0) json.WriteNumberValue(type.Size);
        json.WriteEndArray();
        if (items is not null)
        {
            json.WriteStartObject("parameters");
            json.WriteStartArray("items");
            foreach (string item in items) json.WriteStringValue(item);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private async Task InferAsync(HttpContext context)
    {
        long start = Stopwatch.GetTimestamp();
        ServedModel? model = null;
        int status = 200, count = 0;
        try
        {
            model = ModelOf(context);
            count = await InferAsync(context, model).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            status = 499;
        }
#pragma warning disable CA1031 // The last place that an exception can be told of to who asked.
        catch (Exception e)
#pragma warning restore CA1031
        {
            string message;
            (status, message) = predictions.Told(e, context);
            if (!context.Response.HasStarted) await InferenceAnswers.SendErrorAsync(context, status, message).ConfigureAwait(false);
        }
        observers.RequestEnded(new ServedRequest(model, "v2", status, count, Stopwatch.GetElapsedTime(start)));
    }

    private async Task<int> InferAsync(HttpContext context, ServedModel model)
    {
        if (context.Request.Headers.ContainsKey("Inference-Header-Content-Length"))
            throw new RequestProblemException(400, "Tensors are sent as JSON here, not in the binary form. Clients have a switch for that, such as binary_data=False.");
        if (!model.ScoresRows) throw new RequestProblemException(400, $"{model.Name} forecasts financial lines and takes no tensors. POST /models/{model.Name}/predict asks it.");
        Deadline deadline = Deadline.After(predictions.TimeoutOf(context.Request));
        model.Queue.ThrowIfFull();
        Tensors tensors = _tensors.GetValue(model, one => new Tensors(new TensorReader(one), new TensorWriter(one)));
        using ByteBuffer body = await RequestBody.ReadAsync(context, options.Value.MaxRequestBytes, deadline).ConfigureAwait(false);
        InferenceRequest request = InferenceRequest.Parse(body.Written.Span);
        tensors.Writer.Wanted(request);
        using ScoringRows rows = model.Rent();
        tensors.Reader.Read(request, body.Written.Span, options.Value.MaxRequestRows, rows);
        await model.ScoreAsync(rows, deadline, context.RequestAborted).ConfigureAwait(false);
        deadline.ThrowIfPassed();
        using var buffer = new ByteBuffer();
        tensors.Writer.Write(request, rows, buffer);
        await JsonAnswers.SendAsync(context, buffer).ConfigureAwait(false);
        observers.RowsScored(rows);
        shadows.Offer(model, rows);
        return rows.RowCount;
    }
}
