using System.Data;
using MLPipelines.Data;
using MLPipelines.Testing;
using Npgsql;

namespace MLPipelines.Tests.Data.Databases;

public class PostgresLoaderTests
{
    private readonly MLContext _context = new(seed: 1);

    [PostgresFact]
    public void Values_of_a_server_come_in_the_types_of_the_columns()
    {
        DatabaseSource source = Query("""
            CREATE TABLE t (i smallint, n numeric(10, 2), d date, z timestamptz, b boolean, u uuid, s interval, x double precision);
            INSERT INTO t VALUES (7, 12.50, '2024-02-29', '2024-02-29 12:00:00+02', true, '00000000-0000-0000-0000-000000000001', '90 minutes', 1e300),
                                 (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            """, "SELECT * FROM t");
        IDataView view = _context.Data.CreateDatabaseLoader(Column("i", DbType.Single), Column("n", DbType.Single), Column("d", DbType.DateTime), Column("z", DbType.DateTime),
            Column("b", DbType.Single), Column("u", DbType.String), Column("s", DbType.Time), Column("x", DbType.Double)).Load(source);

        Assert.Equal([7f, float.NaN], view.GetColumn<float>("i"));
        Assert.Equal([12.5f, float.NaN], view.GetColumn<float>("n"));
        Assert.Equal([new(2024, 2, 29), default], view.GetColumn<DateTime>("d"));
        Assert.Equal([new(2024, 2, 29, 10, 0, 0), default], view.GetColumn<DateTime>("z"));
        Assert.Equal([1f, float.NaN], view.GetColumn<float>("b"));
        Assert.Equal(["00000000-0000-0000-0000-000000000001", ""], view.GetColumn<string>("u"));
        Assert.Equal([TimeSpan.FromMinutes(90), default], view.GetColumn<TimeSpan>("s"));
        Assert.Equal([1e300, double.NaN], view.GetColumn<double>("x"));
    }

    [PostgresFact]
    public void Rows_are_streamed_and_a_pass_may_end_early()
    {
        DatabaseSource source = Query("SELECT 1", "SELECT generate_series(1, 200000000) AS i");
        IDataView view = _context.Data.CreateDatabaseLoader(Column("i", DbType.Int32)).Load(source);
        Assert.Equal(Enumerable.Range(1, 5000), view.GetColumn<int>("i").Take(5000));
    }

    [PostgresFact]
    public void A_query_that_fails_midway_says_after_which_row()
    {
        DatabaseSource source = Query("SELECT 1", "SELECT 1 / (5000 - i) AS q FROM generate_series(1, 9999) i");
        IDataView view = _context.Data.CreateDatabaseLoader(Column("q", DbType.Int32)).Load(source);
        var error = Assert.Throws<MLPipelinesException>(() => view.GetColumn<int>("q").Count());
        Assert.Contains("division by zero", error.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void A_table_that_is_not_there_is_named()
    {
        IDataView view = _context.Data.CreateDatabaseLoader(Column("x", DbType.Single)).Load(Query("SELECT 1", "SELECT * FROM nowhere"));
        var error = Assert.Throws<MLPipelinesException>(() => view.GetColumn<float>("x").Count());
        Assert.Contains("\"nowhere\" does not exist", error.Message, StringComparison.Ordinal);
    }

    private static DatabaseLoader.Column Column(string name, DbType type) => new() { Name = name, Type = type };

    private static DatabaseSource Query(string setUp, string query)
    {
        string database = PostgresServer.Shared.CreateDatabase();
        using var connection = new NpgsqlConnection(database);
        connection.Open();
        using var command = new NpgsqlCommand(setUp, connection);
        command.ExecuteNonQuery();
        return new DatabaseSource(NpgsqlFactory.Instance, database, query);
    }
}
