using System.Data.Common;
using Npgsql;

namespace MLPipelines.AutoML.Runs;

/// <summary>Where a run store is: a file of SQLite, or a database of PostgreSQL.</summary>
internal abstract record RunStoreLocation
{
    /// <summary>The environment variable that names a place other than the usual one.</summary>
    internal const string Variable = "MLPIPELINES_RUNS";

    /// <summary>What says that nothing is to be recorded.</summary>
    internal const string None = "none";

    internal sealed record SqliteFile(string Path) : RunStoreLocation
    {
        public override string ToString() => Path;
    }

    /// <param name="ConnectionString">In Npgsql's form.</param>
    /// <param name="Name">For people: no password.</param>
    internal sealed record PostgresDatabase(string ConnectionString, string Name) : RunStoreLocation
    {
        public override string ToString() => Name;
    }

    /// <summary>The file that is used where nobody says otherwise.</summary>
    internal static string DefaultFile => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "mlpipelines", "runs.db");

    /// <summary>Whether a text, or the environment when there is none, says that nothing is to be recorded.</summary>
    internal static bool IsNone(string? text) => string.Equals(Said(text), None, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a path, a connection string such as <c>Host=db;Database=runs</c>, or an address such as <c>postgres://user@db/runs</c>.</summary>
    /// <param name="text">What was said; without it the environment variable, then the usual file.</param>
    internal static RunStoreLocation Parse(string? text)
    {
        string place = Said(text) ?? DefaultFile;
        if (place.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)) return OfAddress(place);
        if (IsConnectionString(place)) return OfConnectionString(place);
        string path = System.IO.Path.GetFullPath(place);
        return new SqliteFile(Directory.Exists(path) ? System.IO.Path.Combine(path, "runs.db") : path);
    }

    private static string? Said(string? text) => !string.IsNullOrWhiteSpace(text) ? text.Trim() : Environment.GetEnvironmentVariable(Variable) is { } set && !string.IsNullOrWhiteSpace(set) ? set.Trim() : null;

    private static bool IsConnectionString(string text) =>
        text.Split(';').Any(part => part.Split('=') is [var key, ..] and { Length: > 1 } && key.Trim() is var name && (name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Server", StringComparison.OrdinalIgnoreCase)));

    private static PostgresDatabase OfConnectionString(string text)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            // Who cannot reach the store shall know soon; training waits for it.
            if (!text.Contains("Timeout", StringComparison.OrdinalIgnoreCase)) parts.Timeout = 5;
            return new PostgresDatabase(parts.ConnectionString, $"postgres://{parts.Host}{(parts.Port == NpgsqlConnection.DefaultPort ? "" : $":{parts.Port}")}/{parts.Database}");
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"The connection string of the run store is not one of PostgreSQL: {e.Message} Expected something like Host=db;Database=runs;Username=me.", nameof(text), e);
        }
    }

    private static PostgresDatabase OfAddress(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address)) throw new ArgumentException("The address of the run store cannot be read, expected something like postgres://user@host:5432/database.", nameof(text));
        var parts = new DbConnectionStringBuilder { ["Host"] = address.Host.Length > 0 ? address.Host : "localhost" };
        if (address.Port > 0) parts["Port"] = address.Port;
        string[] user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0) parts["Username"] = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) parts["Password"] = Uri.UnescapeDataString(user[1]);
        if (address.AbsolutePath.Trim('/') is { Length: > 0 } database) parts["Database"] = Uri.UnescapeDataString(database);
        foreach (string setting in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = setting.Split('=', 2);
            string key = Uri.UnescapeDataString(pair[0]) switch { "sslmode" => "SSL Mode", "connect_timeout" => "Timeout", "application_name" => "Application Name", var other => other };
            parts[key] = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]).Replace("verify-full", "VerifyFull", StringComparison.Ordinal).Replace("verify-ca", "VerifyCA", StringComparison.Ordinal) : "";
        }
        return OfConnectionString(parts.ConnectionString);
    }
}
