using MLPipelines.Testing;
using Npgsql;

namespace MLPipelines.Tests.Data.Databases;

public class PostgresServerTests
{
    [PostgresFact]
    public void Databases_of_tests_share_nothing()
    {
        using var first = new NpgsqlConnection(PostgresServer.Shared.CreateDatabase());
        using var second = new NpgsqlConnection(PostgresServer.Shared.CreateDatabase());
        first.Open();
        second.Open();
        using var create = new NpgsqlCommand("CREATE TABLE t (x integer)", first);
        create.ExecuteNonQuery();
        using var look = new NpgsqlCommand("SELECT count(*) FROM pg_tables WHERE tablename = 't'", second);
        Assert.Equal(0L, look.ExecuteScalar());
    }
}
