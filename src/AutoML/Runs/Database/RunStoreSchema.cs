using System.Globalization;

namespace MLPipelines.AutoML.Runs.Database;

/// <summary>The tables of a run store, and their version. A store of an older version is brought up to date step by step; a newer one is left alone.</summary>
internal static class RunStoreSchema
{
    /// <summary>What leads from each version to the next: the first step makes version 1 of nothing.</summary>
    private static readonly string[][] Steps =
    [
        [
            "CREATE TABLE mlp_store (version BIGINT NOT NULL)",
            "INSERT INTO mlp_store (version) VALUES (0)",
            """
            CREATE TABLE mlp_runs (
                id TEXT PRIMARY KEY,
                parent TEXT REFERENCES mlp_runs (id) ON DELETE CASCADE,
                number BIGINT NOT NULL,
                experiment TEXT NOT NULL,
                command TEXT NOT NULL,
                scenario TEXT NOT NULL,
                trainer TEXT,
                status TEXT NOT NULL,
                started BIGINT NOT NULL,
                ended BIGINT,
                seed BIGINT,
                library TEXT,
                machine TEXT,
                data_file TEXT,
                data_sha256 TEXT,
                model_path TEXT,
                cause TEXT,
                parameters TEXT NOT NULL,
                metrics TEXT NOT NULL)
            """,
            "CREATE INDEX mlp_runs_parent ON mlp_runs (parent, number)",
            """
            CREATE TABLE mlp_tasks (
                id TEXT PRIMARY KEY,
                run TEXT NOT NULL REFERENCES mlp_runs (id) ON DELETE CASCADE,
                number BIGINT NOT NULL,
                work TEXT NOT NULL,
                status TEXT NOT NULL,
                attempt BIGINT NOT NULL,
                worker TEXT,
                lease BIGINT,
                wanted BIGINT NOT NULL,
                result TEXT)
            """,
        ],
    ];

    internal static int Version => Steps.Length;

    internal static void Ensure(RunDatabase database)
    {
        // Looked at first without changing anything: a store that may only be read is listed all the same.
        if (VersionOf(database.Read(database.Dialect.TableCount, row => row.GetInt64(0))[0], () => database.Read("SELECT version FROM mlp_store", row => row.GetInt64(0))[0], database) == Version) return;
        database.Alone(run =>
        {
            long found = VersionOf(Number(run(database.Dialect.TableCount)), () => Number(run("SELECT version FROM mlp_store")), database);
            if (found == Version) return;
            foreach (string statement in Steps.Skip((int)found).SelectMany(step => step)) run(statement);
            run(string.Create(CultureInfo.InvariantCulture, $"UPDATE mlp_store SET version = {Version}"));
        });
    }

    private static long VersionOf(long tables, Func<long> version, RunDatabase database)
    {
        long found = tables == 0 ? 0 : version();
        return found <= Version ? found : throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"The run store {database.Location} has version {found}, which a newer MLPipelines wrote; this one knows up to {Version}. Update it, or name another store with --store."));
    }

    private static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
