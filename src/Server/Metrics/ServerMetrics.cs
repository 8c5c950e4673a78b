using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using MLPipelines.Drift;

namespace MLPipelines.Server;

/// <summary>Counts what a server does, and writes it for Prometheus. Counting takes a lookup and a few additions; what needs computing is computed when it is asked for.</summary>
internal sealed class ServerMetrics : IServingObserver
{
    private const string Prefix = "mlpipelines_";

    // A model is asked for by the instance, its counts by name and version: they outlive the instance when its file is replaced.
    private readonly ConditionalWeakTable<ServedModel, ModelMeters> _byModel = [];
    private readonly ConcurrentDictionary<(string Name, int Version), ModelMeters> _meters = new();
    private readonly ConcurrentDictionary<(string Protocol, int Status), ModelMeters.Counter> _unknown = new();

    public void RequestEnded(in ServedRequest request)
    {
        if (request.Model is { } model) Of(model).Count(in request);
        else _unknown.GetOrAdd((request.Protocol, request.Status), _ => new()).Add(1);
    }

    public void BatchScored(ServedModel model, int requests, int rows, TimeSpan time)
    {
        ModelMeters meters = Of(model);
        meters.Batches.Add(rows);
        meters.ComputedMicroseconds.Add((long)time.TotalMicroseconds);
    }

    public void ModelChanged(ModelChange change)
    {
        ModelMeters meters = _meters.GetOrAdd((change.Name, change.Version), _ => new());
        if (change.Kind == ModelChangeKind.Swapped) meters.Swaps.Add(1);
        if (change.Kind == ModelChangeKind.Refused) meters.Refused.Add(1);
    }

    public void ShadowCompared(ServedModel model, ServedModel shadow, int rows, int disagreements)
    {
        var counts = Of(model).Shadows.GetOrAdd(shadow.Version, _ => (new(), new()));
        counts.Rows.Add(rows);
        counts.Disagreements.Add(disagreements);
    }

    private ModelMeters Of(ServedModel model) => _byModel.TryGetValue(model, out ModelMeters? meters) ? meters
        : _byModel.GetValue(model, added => _meters.GetOrAdd((added.Name, added.Version), _ => new()));

    internal string Write(ModelHost host, DriftMonitor drift)
    {
        var writer = new PrometheusWriter();
        var all = _meters.OrderBy(pair => pair.Key).Select(pair => (Labels: Labels(pair.Key.Name, pair.Key.Version), Meters: pair.Value)).ToList();
        writer.Begin(Prefix + "requests_total", "counter", "Requests for predictions, by how they were asked and by the HTTP status of the answer.");
        foreach (var (labels, meters) in all)
            foreach (var (protocol, status, count) in meters.Requests) writer.Sample(Prefix + "requests_total", $"{labels},{Answer(protocol, status)}", count);
        foreach (var (key, count) in _unknown.OrderBy(pair => pair.Key)) writer.Sample(Prefix + "requests_total", $"{PrometheusWriter.Labels(("model", ""), ("version", ""))},{Answer(key.Protocol, key.Status)}", count.Value);
        Each("rows_total", "counter", "Rows that were answered.", meters => meters.Rows.Value);
        Histograms("request_seconds", "How long requests took, from their headers to the end of the answer.", meters => meters.Latency);
        Histograms("batch_rows", "Rows that went through the model together.", meters => meters.Batches);
        Each("compute_seconds_total", "counter", "How long the model computed, on all threads.", meters => meters.ComputedMicroseconds.Value / 1e6);
        Each("swaps_total", "counter", "How often the file was replaced and the new one took its place.", meters => meters.Swaps.Value);
        Each("refused_loads_total", "counter", "How often a file could not be served, so that what was served before stayed.", meters => meters.Refused.Value);
        WriteModels(writer, host);
        WriteShadows(writer, all);
        WriteDrift(writer, host, drift);
        writer.Begin("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.");
        writer.Sample("process_resident_memory_bytes", "", Environment.WorkingSet);
        writer.Begin("process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.");
        using (var process = Process.GetCurrentProcess()) writer.Sample("process_cpu_seconds_total", "", process.TotalProcessorTime.TotalSeconds);
        writer.Begin(Prefix + "garbage_collections_total", "counter", "Garbage collections of the oldest generation.");
        writer.Sample(Prefix + "garbage_collections_total", "", GC.CollectionCount(2));
        return writer.ToString();

        void Each(string name, string type, string help, Func<ModelMeters, double> value)
        {
            writer.Begin(Prefix + name, type, help);
            foreach (var (labels, meters) in all) writer.Sample(Prefix + name, labels, value(meters));
        }

        void Histograms(string name, string help, Func<ModelMeters, Histogram> of)
        {
            writer.Begin(Prefix + name, "histogram", help);
            foreach (var (labels, meters) in all) of(meters).Write(writer, Prefix + name, labels);
        }
    }

    private static void WriteModels(PrometheusWriter writer, ModelHost host)
    {
        writer.Begin(Prefix + "model_info", "gauge", "The models that are served: 1 for each.");
        foreach (ServedModel model in host.Models)
            writer.Sample(Prefix + "model_info", $"{Labels(model.Name, model.Version)},{PrometheusWriter.Labels(("kind", ModelEndpoints.Name(model.Kind)), ("sha256", model.Sha256[..12]))}", 1);
        writer.Begin(Prefix + "model_loaded_timestamp_seconds", "gauge", "When the file that is served was loaded.");
        foreach (ServedModel model in host.Models) writer.Sample(Prefix + "model_loaded_timestamp_seconds", Labels(model.Name, model.Version), Math.Round((model.LoadedAt - DateTime.UnixEpoch).TotalSeconds, 3));
        writer.Begin(Prefix + "waiting_requests", "gauge", "Requests that wait to be computed.");
        foreach (ServedModel model in host.Models) writer.Sample(Prefix + "waiting_requests", Labels(model.Name, model.Version), model.WaitingRequests);
        writer.Begin(Prefix + "ready", "gauge", "Whether the server answers requests.");
        writer.Sample(Prefix + "ready", "", host.IsReady ? 1 : 0);
    }

    private static void WriteShadows(PrometheusWriter writer, List<(string Labels, ModelMeters Meters)> all)
    {
        Write("shadow_rows_total", "Rows that a second version scored as well.", counts => counts.Rows.Value);
        Write("shadow_disagreements_total", "Rows for which the second version says something else.", counts => counts.Disagreements.Value);

        void Write(string name, string help, Func<(ModelMeters.Counter Rows, ModelMeters.Counter Disagreements), long> value)
        {
            writer.Begin(Prefix + name, "counter", help);
            foreach (var (labels, meters) in all)
                foreach (var (version, counts) in meters.Shadows.OrderBy(pair => pair.Key)) writer.Sample(Prefix + name, $"{labels},shadow=\"{version.ToString(CultureInfo.InvariantCulture)}\"", value(counts));
        }
    }

    private static void WriteDrift(PrometheusWriter writer, ModelHost host, DriftMonitor drift)
    {
        var reports = host.Models.Select(model => (Labels: Labels(model.Name, model.Version), Report: drift.Compare(model))).Where(pair => pair.Report is not null).ToList();
        writer.Begin(Prefix + "drift_rows", "gauge", "Rows of late that were compared with those of training.");
        foreach (var (labels, report) in reports) writer.Sample(Prefix + "drift_rows", labels, report!.Rows);
        Columns("drift_psi", "The population stability index of a column against training: 0.1 is noticeable, 0.25 large.", column => column.Index);
        Columns("drift_psi_by_chance", "What the index hardly ever exceeds without any drift, for so many rows.", column => column.ByChance);
        Columns("drift_missing_share", "The share of rows without a value.", column => column.MissingShare);
        Columns("drift_unseen_share", "The share of categories, or of words, that training did not see.", column => column.UnseenShare);

        void Columns(string name, string help, Func<ColumnDrift, double> value)
        {
            writer.Begin(Prefix + name, "gauge", help);
            foreach (var (labels, report) in reports)
            {
                foreach (ColumnDrift column in report!.Inputs) Sample(column, "input");
                foreach (ColumnDrift column in report.Outputs) Sample(column, "output");

                void Sample(ColumnDrift column, string role) => writer.Sample(Prefix + name, $"{labels},{PrometheusWriter.Labels(("column", column.Column), ("role", role))}", Math.Round(value(column), 6));
            }
        }
    }

    private static string Labels(string name, int version) => PrometheusWriter.Labels(("model", name), ("version", version.ToString(CultureInfo.InvariantCulture)));

    private static string Answer(string protocol, int status) => PrometheusWriter.Labels(("protocol", protocol), ("status", status.ToString(CultureInfo.InvariantCulture)));
}
