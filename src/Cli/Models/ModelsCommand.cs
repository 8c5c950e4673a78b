using System.Globalization;
using System.Text.Json;
using MLPipelines.Cli.Output;
using MLPipelines.Pretraining;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Models;

/// <summary><c>mlp models</c>: weights by name.</summary>
internal sealed class ModelsCommand(CommandHost host, bool json)
{
    private readonly ModelCache _cache = ModelCache.Default;
    private readonly Report _report = Report.For(host, json);

    internal int Add(string name, IReadOnlyList<string> from, IReadOnlyList<string> checksums)
    {
        if (checksums.Count > from.Count) throw new UsageException($"--sha256: there are {checksums.Count} checksums for {Figures.Count(from.Count, "file")}.");
        if (checksums.FirstOrDefault(sum => sum.Length != 64 || !sum.All(char.IsAsciiHexDigit)) is { } wrong) throw new UsageException($"--sha256: found '{wrong}', expected 64 hexadecimal digits.");
        CachedModel model;
        using (var progress = ProgressDisplay.For(host))
        {
            progress.Stage($"adding {name}");
            ModelSource[] sources = [.. from.Select((location, i) => new ModelSource(location, i < checksums.Count ? checksums[i] : null))];
            model = _cache.AddAsync(name, sources, new DownloadProgress(progress), host.Cancellation).GetAwaiter().GetResult();
        }
        _report.Line($"Added {name} to {_cache.Folder}: {Figures.Count(model.Files.Count, "file")}, {Figures.Bytes(model.Bytes)}.");
        foreach (CachedFile file in model.Files) _report.Line($"  {file.Path}  {Figures.Bytes(file.Bytes)}  sha256 {file.Sha256}");
        return Json("add", writer => Write(writer, model));
    }

    internal int List()
    {
        IReadOnlyList<CachedModel> models = _cache.List();
        var table = new TextTable($"Models in {_cache.Folder}", "name", "#files", "#size", "added", "from");
        foreach (CachedModel model in models)
            table.Add(model.Name, Figures.Count(model.Files.Count), Figures.Bytes(model.Bytes), model.AddedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), string.Join(", ", model.Sources));
        if (models.Count > 0) _report.Table(table);
        else _report.Line($"There are no models in {_cache.Folder}. Add one: mlp models add NAME --from FILE|DIR|URL");
        return Json("list", writer =>
        {
            writer.WriteStartArray("models");
            foreach (CachedModel model in models)
            {
                writer.WriteStartObject();
                Write(writer, model);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    internal int Remove(IReadOnlyList<string> names)
    {
        string[] known = [.. _cache.List().Select(model => model.Name)];
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown) throw new UsageException($"There is no model '{unknown}' in {_cache.Folder}.{NearNames.Hint(unknown, known)}");
        foreach (string name in names)
        {
            _cache.Remove(name);
            _report.Line($"Removed {name} from {_cache.Folder}.");
        }
        return Json("remove", writer =>
        {
            writer.WriteStartArray("removed");
            foreach (string name in names) writer.WriteStringValue(name);
            writer.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter writer, CachedModel model)
    {
        writer.WriteString("name", model.Name);
        writer.WriteNumber("bytes", model.Bytes);
        writer.WriteString("added", model.AddedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        writer.WriteStartArray("from");
        foreach (string source in model.Sources) writer.WriteStringValue(source);
        writer.WriteEndArray();
        writer.WriteStartArray("files");
        foreach (CachedFile file in model.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteNumber("bytes", file.Bytes);
            writer.WriteString("sha256", file.Sha256);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private int Json(string command, Action<Utf8JsonWriter> write)
    {
        if (!json) return Faults.Success;
        JsonLine.Write(host.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("command", $"models {command}");
            writer.WriteString("folder", _cache.Folder);
            write(writer);
            writer.WriteEndObject();
        });
        return Faults.Success;
    }
}
