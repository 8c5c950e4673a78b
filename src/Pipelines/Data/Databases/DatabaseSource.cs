using System.Data.Common;

namespace MLPipelines.Data;

/// <summary>A query of a database: whose rows a <see cref="DatabaseLoader"/> reads, and how to get at them.</summary>
public sealed class DatabaseSource
{
    private const int DefaultTimeout = 30;

    /// <summary>A query that is given 30 seconds to start giving rows.</summary>
    /// <param name="providerFactory">The driver, such as <c>NpgsqlFactory.Instance</c> or <c>SqliteFactory.Instance</c>.</param>
    /// <param name="connectionString">Where the database is, in the driver's terms.</param>
    /// <param name="commandText">The query. Views are read several times: with an <c>ORDER BY</c> the rows come in the same order each time.</param>
    public DatabaseSource(DbProviderFactory providerFactory, string connectionString, string commandText)
        : this(providerFactory, connectionString, commandText, DefaultTimeout)
    {
    }

    /// <summary>A query.</summary>
    /// <param name="providerFactory">The driver, such as <c>NpgsqlFactory.Instance</c> or <c>SqliteFactory.Instance</c>.</param>
    /// <param name="connectionString">Where the database is, in the driver's terms.</param>
    /// <param name="commandText">The query.</param>
    /// <param name="commandTimeoutInSeconds">How long the database may take to start giving rows; 0 for as long as it wants.</param>
    public DatabaseSource(DbProviderFactory providerFactory, string connectionString, string commandText, int commandTimeoutInSeconds)
    {
        ArgumentNullException.ThrowIfNull(providerFactory);
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentException.ThrowIfNullOrWhiteSpace(commandText);
        ArgumentOutOfRangeException.ThrowIfNegative(commandTimeoutInSeconds);
        (ProviderFactory, ConnectionString, CommandText, CommandTimeoutInSeconds) = (providerFactory, connectionString, commandText, commandTimeoutInSeconds);
    }

    public int CommandTimeoutInSeconds { get; }

    public string CommandText { get; }

    public string ConnectionString { get; }

    public DbProviderFactory ProviderFactory { get; }

    /// <summary>The query as it is named in messages.</summary>
    internal string Name => $"query {TextFileErrors.Shown(CommandText.Trim())}";
}
