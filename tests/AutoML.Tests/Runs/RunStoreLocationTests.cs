using MLPipelines.AutoML.Runs;
using Npgsql;

namespace MLPipelines.AutoML.Tests.Runs;

public sealed class RunStoreLocationTests
{
    [Theory]
    [InlineData("postgres://me:p%40ss@db.example:6000/my%20runs?sslmode=verify-full", "db.example", 6000, "my runs", "me", "p@ss", "postgres://db.example:6000/my runs")]
    [InlineData("postgresql://db/runs", "db", 5432, "runs", null, null, "postgres://db/runs")]
    [InlineData("Host=db;Database=runs;Username=me;Password=secret", "db", 5432, "runs", "me", "secret", "postgres://db/runs")]
    [InlineData("server = db; Port=6000; database=runs", "db", 6000, "runs", null, null, "postgres://db:6000/runs")]
    public void Connections_are_read_in_both_forms(string text, string host, int port, string database, string? user, string? password, string shown)
    {
        var place = Assert.IsType<RunStoreLocation.PostgresDatabase>(RunStoreLocation.Parse(text));
        var parts = new NpgsqlConnectionStringBuilder(place.ConnectionString);
        Assert.Equal((host, port, database, user, password), (parts.Host, parts.Port, parts.Database, parts.Username, parts.Password));
        Assert.Equal(text.Contains("verify-full", StringComparison.Ordinal), parts.SslMode == SslMode.VerifyFull);
        Assert.Equal(5, parts.Timeout);
        Assert.Equal(shown, place.ToString());
    }

    [Fact]
    public void Anything_else_is_a_file()
    {
        Assert.Equal(Path.GetFullPath("some/runs.db"), RunStoreLocation.Parse("some/runs.db").ToString());
        Assert.Equal(Path.GetFullPath("a=b.db"), RunStoreLocation.Parse("a=b.db").ToString());
        string folder = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        Assert.Equal(Path.Combine(folder, "runs.db"), RunStoreLocation.Parse(folder).ToString());
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("NONE", true)]
    [InlineData("none.db", false)]
    public void None_is_no_store(string text, bool isNone) => Assert.Equal(isNone, RunStoreLocation.IsNone(text));

    [Fact]
    public void A_connection_string_with_a_typing_mistake_is_told_of() =>
        Assert.Contains("Expected something like Host=db", Assert.Throws<ArgumentException>(() => RunStoreLocation.Parse("Host=db;Databas=runs")).Message, StringComparison.Ordinal);
}
