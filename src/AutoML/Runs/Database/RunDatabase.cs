using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MLPipelines.AutoML.Runs.Database;

/// <summary>A database that a run store lives in. It may be used from many threads; each statement is a transaction of its own.</summary>
internal sealed class RunDatabase : IDisposable
{
    private readonly DbDataSource _source;

    private RunDatabase(DbDataSource source, SqlDialect dialect, RunStoreLocation location) => (_source, Dialect, Location) = (source, dialect, location);

    internal SqlDialect Dialect { get; }

    internal RunStoreLocation Location { get; }

    /// <summary>Opens a store, and makes it where there is none.</summary>
    internal static RunDatabase Open(RunStoreLocation location)
    {
        RunDatabase database = location switch
        {
            RunStoreLocation.SqliteFile file => OpenSqlite(file),
            RunStoreLocation.PostgresDatabase server => OpenPostgres(server),
            _ => throw new ArgumentOutOfRangeException(nameof(location), $"{location} is no place for a run store."),
        };
        try
        {
            RunStoreSchema.Ensure(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
        return database;
    }

    private static RunDatabase OpenSqlite(RunStoreLocation.SqliteFile file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MLPipelinesException($"The run store {file.Path} cannot be opened: {e.Message} --store FILE, or the environment variable {RunStoreLocation.Variable}, names another place.", e);
        }
        // The journal stays SQLite's own: write-ahead logs do not work in home folders that several machines share.
        string connection = new SqliteConnectionStringBuilder { DataSource = file.Path, ForeignKeys = true, DefaultTimeout = 10 }.ConnectionString;
        return new RunDatabase(SqliteFactory.Instance.CreateDataSource(connection), SqlDialect.Sqlite, file);
    }

    // In a method of its own, so that Npgsql is loaded only where it is needed.
    private static RunDatabase OpenPostgres(RunStoreLocation.PostgresDatabase server) => new(NpgsqlDataSource.Create(server.ConnectionString), SqlDialect.Postgres, server);

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    internal int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            using DbConnection connection = Connect();
            using DbCommand command = Command(connection, sql, values);
            return command.ExecuteNonQuery();
        }
        catch (DbException e)
        {
            throw Told(e);
        }
    }

    /// <summary>Reads the rows of a query, or those that a statement returns.</summary>
    internal List<T> Read<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            using DbConnection connection = Connect();
            using DbCommand command = Command(connection, sql, values);
            using DbDataReader reader = command.ExecuteReader();
            List<T> rows = [];
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }
        catch (DbException e)
        {
            throw Told(e);
        }
    }

    /// <summary>Runs statements as one, while others that do the same wait.</summary>
    internal void Alone(Action<Func<string, object?>> work)
    {
        try
        {
            using DbConnection connection = Connect();
            using DbTransaction transaction = connection.BeginTransaction();
            if (Dialect.Serialize is { } wait) Run(wait);
            work(Run);
            transaction.Commit();

            object? Run(string sql)
            {
                using DbCommand command = Command(connection, sql, []);
                command.Transaction = transaction;
                return command.ExecuteScalar();
            }
        }
        catch (DbException e)
        {
            throw Told(e);
        }
    }

    private DbConnection Connect()
    {
        DbConnection connection = _source.OpenConnection();
        if (Dialect.Opening is { } opening)
        {
            using DbCommand command = Command(connection, opening, []);
            command.ExecuteNonQuery();
        }
        return connection;
    }

    private static DbCommand Command(DbConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            // Nothing says what an absent value would be.
            if (value is null) parameter.DbType = System.Data.DbType.String;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private MLPipelinesException Told(DbException e) => new($"The run store {Location} cannot be used: {e.Message}", e);

    public void Dispose()
    {
        _source.Dispose();
        // Connections that are kept open for the next use would hold the file.
        if (Location is RunStoreLocation.SqliteFile) CloseKept();
    }

    private void CloseKept()
    {
        using var connection = new SqliteConnection(_source.ConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
