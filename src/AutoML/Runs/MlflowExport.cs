using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MLPipelines.AutoML.Runs;

/// <summary>
/// Writes runs in the file layout of MLflow's tracking store, so that <c>mlflow ui --backend-store-uri mlruns</c> shows them:
/// <c>mlruns/EXPERIMENT/RUN/meta.yaml</c>, with a file per parameter, metric and tag, and the model under <c>artifacts</c>. Trials are nested runs.
/// What was exported before is written anew.
/// </summary>
public static class MlflowExport
{
    private const int LongestName = 250, LongestParameter = 6000, LongestTag = 5000;

    /// <summary>Writes runs with their trials.</summary>
    /// <param name="store">Where the runs are.</param>
    /// <param name="runs">The runs, without their trials.</param>
    /// <param name="folder">The folder <c>mlruns</c>; it is made where there is none.</param>
    /// <returns>How many runs and trials were written.</returns>
    public static int Write(RunStore store, IEnumerable<RunRecord> runs, string folder)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(folder);
        int count = 0;
        foreach (RunRecord run in runs)
        {
            foreach (RunRecord one in store.Trials(run.Id).Prepend(run))
            {
                WriteRun(one, WriteExperiment(one, Path.GetFullPath(folder)));
                count++;
            }
        }
        return count;
    }

    private static string WriteExperiment(RunRecord run, string root)
    {
        string id = IdOf(run.Experiment), folder = Path.Combine(root, id);
        Directory.CreateDirectory(folder);
        string meta = Path.Combine(folder, "meta.yaml");
        if (!File.Exists(meta))
        {
            long time = Milliseconds(run.StartedAt);
            WriteYaml(meta, ("artifact_location", new Uri(folder).AbsoluteUri), ("creation_time", time), ("experiment_id", id), ("last_update_time", time),
                ("lifecycle_stage", "active"), ("name", run.Experiment.Length > 0 ? run.Experiment : "mlp"));
        }
        return folder;
    }

    /// <summary>A number of eighteen digits that a name always gets.</summary>
    private static string IdOf(string experiment) =>
        (100_000_000_000_000_000 + (BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(experiment))) % 900_000_000_000_000_000)).ToString(CultureInfo.InvariantCulture);

    private static void WriteRun(RunRecord run, string experiment)
    {
        string folder = Path.Combine(experiment, run.Id), artifacts = Path.Combine(folder, "artifacts");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(artifacts);
        string name = run.ParentId is null ? $"{run.Command} {run.Scenario} {run.Id}" : string.Create(CultureInfo.InvariantCulture, $"trial {run.Number} {run.Trainer}");
        WriteYaml(Path.Combine(folder, "meta.yaml"), ("artifact_uri", new Uri(artifacts).AbsoluteUri), ("deleted_time", null), ("end_time", run.EndedAt is { } ended ? Milliseconds(ended) : null),
            ("entry_point_name", ""), ("experiment_id", Path.GetFileName(experiment)), ("lifecycle_stage", "active"), ("run_id", run.Id), ("run_name", name), ("run_uuid", run.Id),
            ("source_name", ""), ("source_type", 4L), ("source_version", ""), ("start_time", Milliseconds(run.StartedAt)), ("status", StatusOf(run.Status)), ("tags", Array.Empty<string>()), ("user_id", Environment.UserName));

        List<KeyValuePair<string, string>> parameters = [.. run.Parameters];
        if (run.Trainer is { } trainer && !run.Parameters.ContainsKey("trainer")) parameters.Insert(0, new("trainer", trainer));
        WriteFiles(folder, "params", parameters, LongestParameter);
        long measured = Milliseconds(run.EndedAt ?? run.StartedAt);
        WriteFiles(folder, "metrics", run.Metrics.Select(metric => KeyValuePair.Create(metric.Key, string.Create(CultureInfo.InvariantCulture, $"{measured} {metric.Value:R} 0\n"))), int.MaxValue);
        WriteFiles(folder, "tags", Tags(run, name), LongestTag);
        if (File.Exists(run.ModelPath)) File.Copy(run.ModelPath, Path.Combine(artifacts, Path.GetFileName(run.ModelPath)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Tags(RunRecord run, string name)
    {
        (string, string?)[] tags =
        [
            ("mlflow.runName", name), ("mlflow.source.name", $"mlp {run.Command}"), ("mlflow.source.type", "LOCAL"), ("mlflow.user", Environment.UserName),
            ("mlflow.parentRunId", run.ParentId), ("scenario", run.Scenario), ("seed", run.Seed?.ToString(CultureInfo.InvariantCulture)), ("library", run.LibraryVersion),
            ("machine", run.Machine), ("data", run.DataFile), ("data sha-256", run.DataSha256), ("model", run.ModelPath), ("cause", run.Cause),
        ];
        return tags.Where(tag => tag.Item2 is { Length: > 0 }).Select(tag => KeyValuePair.Create(tag.Item1, tag.Item2!));
    }

    private static void WriteFiles(string run, string kind, IEnumerable<KeyValuePair<string, string>> values, int longest)
    {
        string folder = Path.Combine(run, kind);
        Directory.CreateDirectory(folder);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
        {
            string name = FileName(key);
            while (!names.Add(name)) name += "_";
            File.WriteAllText(Path.Combine(folder, name), value.Length <= longest ? value : value[..longest]);
        }
    }

    /// <summary>A name that MLflow takes: letters, digits, and a few marks.</summary>
    private static string FileName(string key)
    {
        string name = new([.. key.Select(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or ' ' ? c : '_')]);
        if (name.Trim('.').Length == 0) name = "_" + name;
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    private static long StatusOf(RunStatus status) => status switch
    {
        RunStatus.Running => 1,
        RunStatus.Finished => 3,
        RunStatus.Failed => 4,
        _ => 5,
    };

    private static long Milliseconds(DateTime time) => Database.RunRows.Milliseconds(time);

    private static void WriteYaml(string path, params (string Key, object? Value)[] entries)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in entries)
        {
            text.Append(key).Append(": ").Append(value switch
            {
                null => "null",
                long number => number.ToString(CultureInfo.InvariantCulture),
                string words => $"'{words.Replace("'", "''", StringComparison.Ordinal).ReplaceLineEndings(" ")}'",
                _ => "[]",
            }).Append('\n');
        }
        File.WriteAllText(path, text.ToString());
    }
}
