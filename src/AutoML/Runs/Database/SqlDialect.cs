namespace MLPipelines.AutoML.Runs.Database;

/// <summary>All that SQLite and PostgreSQL say differently; every other statement of the store is the same for both.</summary>
/// <param name="Opening">Run on each connection before it is used.</param>
/// <param name="TableCount">Counts the tables called mlp_store.</param>
/// <param name="Serialize">Run first in a transaction, lets others wait until it ends.</param>
/// <param name="Now">The time of the database in milliseconds since 1970: the clocks of machines differ.</param>
/// <param name="SkipLocked">Ends a query whose row is to be changed, and passes over rows that others are changing.</param>
internal sealed record SqlDialect(string? Opening, string TableCount, string? Serialize, string Now, string SkipLocked)
{
    // A statement that gives rows back is committed with the last of them, where the driver itself does not wait for others.
    // A transaction of SQLite that begins with the intent to write is alone already, and so is a statement that writes.
    internal static SqlDialect Sqlite { get; } = new(
        "PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL", "SELECT COUNT(*) FROM sqlite_master WHERE name = 'mlp_store'", null, "CAST(1000 * unixepoch('subsec') AS INTEGER)", "");

    internal static SqlDialect Postgres { get; } = new(
        null, "SELECT CASE WHEN to_regclass('mlp_store') IS NULL THEN 0 ELSE 1 END", "SELECT pg_advisory_xact_lock(7305621)",
        "CAST(1000 * EXTRACT(EPOCH FROM clock_timestamp()) AS BIGINT)", " FOR UPDATE SKIP LOCKED");
}
