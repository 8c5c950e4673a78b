using System.Data.Common;
using Microsoft.Data.Sqlite;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Databases;

/// <summary>An SQLite database in memory that lives as long as this object.</summary>
internal sealed class SqliteTable : IDisposable
{
    private readonly string _connectionString = $"Data Source=file:{Guid.NewGuid():N}?mode=memory&cache=shared";
    private readonly SqliteConnection _connection;

    internal SqliteTable(string sql)
    {
        _connection = new SqliteConnection(_connectionString);
        _connection.Open();
        Run(sql);
    }

    internal void Run(string sql)
    {
        using DbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal DatabaseSource Query(string sql) => new(SqliteFactory.Instance, _connectionString, sql);

    public void Dispose() => _connection.Dispose();
}
