using System.Data.Common;

namespace MLPipelines.AutoML.Runs.Database;

/// <summary>Runs as rows of the table of runs.</summary>
internal static class RunRows
{
    private static readonly string[] Columns =
    [
        "id", "parent", "number", "experiment", "command", "scenario", "trainer", "status", "started", "ended", "seed", "library", "machine",
        "data_file", "data_sha256", "model_path", "cause", "parameters", "metrics",
    ];

    internal static string Select { get; } = $"SELECT {string.Join(", ", Columns)} FROM mlp_runs ";

    // An absent number has no type of its own; it is a text then, which PostgreSQL asks to be told.
    internal static string Insert { get; } = $"INSERT INTO mlp_runs ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(Value))})";

    internal static string Update { get; } = $"UPDATE mlp_runs SET {string.Join(", ", Columns.Skip(1).Select(column => $"{column} = {Value(column)}"))} WHERE id = @id";

    internal static (string Name, object? Value)[] Values(RunRecord run) =>
    [
        ("@id", run.Id), ("@parent", run.ParentId), ("@number", (long)run.Number), ("@experiment", run.Experiment), ("@command", run.Command), ("@scenario", run.Scenario),
        ("@trainer", run.Trainer), ("@status", StatusName(run.Status)), ("@started", Milliseconds(run.StartedAt)), ("@ended", run.EndedAt is { } ended ? Milliseconds(ended) : null),
        ("@seed", run.Seed is { } seed ? (long)seed : null), ("@library", run.LibraryVersion), ("@machine", run.Machine), ("@data_file", run.DataFile), ("@data_sha256", run.DataSha256),
        ("@model_path", run.ModelPath), ("@cause", run.Cause), ("@parameters", JsonMaps.Of(run.Parameters)), ("@metrics", JsonMaps.Of(run.Metrics)),
    ];

    internal static RunRecord Read(DbDataReader row)
    {
        return new RunRecord
        {
            Id = row.GetString(0),
            ParentId = Text(1),
            Number = (int)row.GetInt64(2),
            Experiment = row.GetString(3),
            Command = row.GetString(4),
            Scenario = row.GetString(5),
            Trainer = Text(6),
            Status = Enum.Parse<RunStatus>(row.GetString(7), ignoreCase: true),
            StartedAt = Time(row.GetInt64(8)),
            EndedAt = Number(9) is { } ended ? Time(ended) : null,
            Seed = (int?)Number(10),
            LibraryVersion = Text(11),
            Machine = Text(12),
            DataFile = Text(13),
            DataSha256 = Text(14),
            ModelPath = Text(15),
            Cause = Text(16),
            Parameters = JsonMaps.Texts(row.GetString(17)),
            Metrics = JsonMaps.Numbers(row.GetString(18)),
        };

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
    }

    internal static string StatusName(RunStatus status) => status.ToString().ToLowerInvariant();

    private static string Value(string column) => column is "ended" or "seed" ? $"CAST(@{column} AS BIGINT)" : $"@{column}";

    internal static long Milliseconds(DateTime time) => new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();

    internal static DateTime Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
}
