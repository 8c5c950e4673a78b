using System.Data;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Databases;

public class DatabaseLoaderTests
{
    private const string Houses = """
        CREATE TABLE house (id INTEGER, area REAL, rooms INTEGER, city TEXT, sold TEXT, garden INTEGER, kind INTEGER);
        INSERT INTO house VALUES (1, 80.5, 3, 'Turin', '2024-03-31', 1, 1), (2, NULL, 4, NULL, '2024-04-01T10:30:00', 0, 3), (3, 61, 2, 'Bari', NULL, 1, 9);
        """;

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Values_come_in_the_types_of_the_columns()
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader(
            new DatabaseLoader.Column("Area", DbType.Single, 1), new DatabaseLoader.Column { Name = "City", Type = DbType.String },
            new DatabaseLoader.Column { Name = "sold", Type = DbType.DateTime }, new DatabaseLoader.Column { Name = "garden", Type = DbType.Boolean },
            new DatabaseLoader.Column("Exact", DbType.Decimal, 1), new DatabaseLoader.Column("Id", DbType.Int64, 0)).Load(table.Query("SELECT * FROM house ORDER BY id"));

        Assert.Equal([80.5f, float.NaN, 61f], view.GetColumn<float>("Area"));
        Assert.Equal(["Turin", "", "Bari"], view.GetColumn<string>("City"));
        Assert.Equal([new(2024, 3, 31), new(2024, 4, 1, 10, 30, 0), default], view.GetColumn<DateTime>("sold"));
        Assert.Equal([true, false, true], view.GetColumn<bool>("garden"));
        Assert.Equal([80.5, double.NaN, 61], view.GetColumn<double>("Exact"));
        Assert.Equal([1L, 2, 3], view.GetColumn<long>("Id"));
    }

    [Fact]
    public void Several_fields_make_a_vector()
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader(
            new DatabaseLoader.Column("Sizes", DbType.Single, 1, 2),
            new DatabaseLoader.Column("Named", DbType.Single, [new DatabaseLoader.Range("rooms"), new DatabaseLoader.Range("id")]),
            new DatabaseLoader.Column("Texts", DbType.String, [new DatabaseLoader.Range("city"), new DatabaseLoader.Range("rooms")])).Load(table.Query("SELECT * FROM house ORDER BY id"));

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), view.Schema["Sizes"].Type);
        Assert.Equal([[80.5f, 3], [float.NaN, 4], [61, 2]], view.GetColumn<float[]>("Sizes"));
        Assert.Equal([[3f, 1], [4, 2], [2, 3]], view.GetColumn<float[]>("Named"));
        Assert.Equal([["Turin", "3"], ["", "4"], ["Bari", "2"]], view.GetColumn<string[]>("Texts"));
        Assert.Equal(["rooms", "id"], view.Schema["Named"].SlotNamesOrNull()!);
    }

    [Fact]
    public void Keys_are_numbers_from_one_and_others_are_missing()
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column("kind", DbType.UInt32, 6) { KeyCount = new KeyCount(3) }).Load(table.Query("SELECT * FROM house ORDER BY id"));
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), view.Schema["kind"].Type);
        Assert.Equal([1u, 3, 0], view.GetColumn<uint>("kind"));
    }

    [Fact]
    public void Members_are_read_from_the_fields_that_their_attributes_name()
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader<House>().Load(table.Query("SELECT * FROM house ORDER BY id"));
        House[] houses = [.. _context.Data.CreateEnumerable<House>(view, reuseRowObject: false)];
        Assert.Equal(["Turin", "", "Bari"], houses.Select(house => house.City));
        Assert.Equal([[3f, 1], [4, 0], [2, 1]], houses.Select(house => house.Numbers));
        Assert.Equal([80.5f, float.NaN, 61], houses.Select(house => house.Size));
    }

    [Fact]
    public void Every_pass_runs_the_query_again()
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column { Name = "id" }).Load(table.Query("SELECT id FROM house ORDER BY id"));
        Assert.Equal([1f, 2, 3], view.GetColumn<float>("id"));
        table.Run("INSERT INTO house (id) VALUES (4)");
        Assert.Equal([1f, 2, 3, 4], view.GetColumn<float>("id"));
    }

    [Fact]
    public void Many_rows_come_in_batches_and_a_pass_may_end_early()
    {
        using var table = new SqliteTable("""
            CREATE TABLE n AS WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM c WHERE x < 9999) SELECT x FROM c;
            """);
        IDataView view = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column { Name = "x", Type = DbType.Int32 }).Load(table.Query("SELECT x FROM n ORDER BY x"));
        Assert.Equal(Enumerable.Range(0, 10_000), view.GetColumn<int>("x"));
        Assert.Equal([0, 1, 2], view.GetColumn<int>("x").Take(3));
        // A reading that was left does not hold the table.
        table.Run("DROP TABLE n");
    }

    [Fact]
    public void Long_texts_make_small_batches()
    {
        using var table = new SqliteTable("CREATE TABLE t AS WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM c WHERE x < 29) SELECT hex(zeroblob(50000)) AS body FROM c;");
        var view = (BatchView)_context.Data.CreateDatabaseLoader(new DatabaseLoader.Column { Name = "body", Type = DbType.String }).Load(table.Query("SELECT body FROM t"));
        using BatchCursor cursor = view.OpenBatches(ColumnSet.All(view.Schema));
        // 100,000 characters a row: the eleventh passes a million and 48,576.
        Assert.Equal(11, cursor.Next()!.RowCount);
    }

    [Fact]
    public void A_query_without_rows_is_a_view_without_rows()
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column { Name = "area" }).Load(table.Query("SELECT * FROM house WHERE id > 99"));
        Assert.Empty(view.GetColumn<float>("area"));
    }

    [Fact]
    public void A_model_learns_from_a_query_as_from_the_same_rows_in_memory()
    {
        using var table = new SqliteTable("CREATE TABLE p (y REAL, a REAL, b REAL); INSERT INTO p VALUES (3,1,1),(5,2,1),(4,1,2),(9,3,3),(7,2,3),(2,0,2),(6,2,2),(8,3,2);");
        IDataView rows = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column("Label", DbType.Single, 0), new DatabaseLoader.Column("Features", DbType.Single, 1, 2))
            .Load(table.Query("SELECT * FROM p ORDER BY rowid"));
        var model = _context.Regression.Trainers.Ols().Fit(rows);
        // y = 2a + b + 0 except for (0, 2): numpy.linalg.lstsq(numpy.c_[X, numpy.ones(8)], y, rcond=None)[0]
        Assert.Equal([2f, 1f], model.Model.Weights.Select(w => MathF.Round(w, 4)));
    }

    [Theory]
    [InlineData(DbType.Int32, "area", "row 1, column \"X\" (field \"area\"): found \"80.5\" (REAL), expected a whole number that fits Int32.")]
    [InlineData(DbType.Byte, "1000", "row 1, column \"X\" (field \"1000\"): found \"1000\" (INTEGER), expected a whole number that fits Byte.")]
    [InlineData(DbType.Single, "city", "row 1, column \"X\" (field \"city\"): found \"Turin\" (TEXT), expected a number.")]
    [InlineData(DbType.Boolean, "rooms", "row 1, column \"X\" (field \"rooms\"): found \"3\" (INTEGER), expected true or false (or yes or no, 1 or 0).")]
    [InlineData(DbType.DateTime, "rooms", "row 1, column \"X\" (field \"rooms\"): found \"3\" (INTEGER), expected a date and time such as 2024-03-31 or 2024-03-31T17:05:00Z.")]
    [InlineData(DbType.String, "x'0102'", "row 1, column \"X\" (field \"x'0102'\"): found 2 bytes (BLOB), expected ")]
    public void A_value_of_another_type_is_an_error_that_says_where(DbType type, string field, string message)
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column("X", type, 0)).Load(table.Query($"SELECT {field} FROM house ORDER BY id"));
        var error = Assert.Throws<MLPipelinesException>(() => view.GetRowCursorForAllColumns().MoveNext());
        Assert.StartsWith($"query \"SELECT {field} FROM house ORDER BY id\" {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NULL_in_a_column_without_missing_value_is_an_error_that_says_what_to_do()
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column { Name = "area", Type = DbType.Int32 }).Load(table.Query("SELECT id AS n, CAST(area AS INTEGER) AS area FROM house ORDER BY id"));
        var error = Assert.Throws<MLPipelinesException>(() => view.GetColumn<int>("area").Count());
        Assert.Contains("row 2, column \"area\": found NULL, expected a whole number that fits Int32. Int32 has no missing value: load the column as DbType.Single", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_not_there_is_named()
    {
        using var table = new SqliteTable(Houses);
        IDataView view = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column { Name = "x" }).Load(table.Query("SELECT * FROM hose"));
        var error = Assert.Throws<MLPipelinesException>(() => view.GetColumn<float>("x").Count());
        Assert.Contains("query \"SELECT * FROM hose\" failed:", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such table: hose", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_not_there_is_an_error_that_lists_those_that_are()
    {
        using var table = new SqliteTable(Houses);
        IDataView byName = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column { Name = "Price" }).Load(table.Query("SELECT id, area FROM house"));
        Assert.Equal("query \"SELECT id, area FROM house\" gives no field \"Price\". Its fields are: \"id\", \"area\".",
            Assert.Throws<MLPipelinesException>(() => byName.GetColumn<float>("Price").Count()).Message);
        IDataView byIndex = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column("X", DbType.Single, 1, 4)).Load(table.Query("SELECT id, area FROM house"));
        Assert.Equal("query \"SELECT id, area FROM house\" gives 2 fields (id, area), and column \"X\" is read from field 4, counted from 0.",
            Assert.Throws<MLPipelinesException>(() => byIndex.GetColumn<float[]>("X").Count()).Message);
    }

    [Fact]
    public void A_database_that_is_not_there_is_an_error_without_the_connection_string()
    {
        var source = new DatabaseSource(Npgsql.NpgsqlFactory.Instance, "Host=127.0.0.1;Port=1;Username=me;Password=secret;Timeout=2", "SELECT 1");
        IDataView view = _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column("X", DbType.Single, 0)).Load(source);
        var error = Assert.Throws<MLPipelinesException>(() => view.GetColumn<float>("X").Count());
        Assert.StartsWith("The database cannot be opened by NpgsqlFactory:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_cannot_be_are_refused_before_the_database_is_asked()
    {
        Assert.Throws<ArgumentException>(() => _context.Data.CreateDatabaseLoader());
        Assert.Throws<ArgumentException>(() => _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column { Type = DbType.Single }));
        Assert.Throws<ArgumentException>(() => _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column("X", DbType.Binary, 0)));
        Assert.Throws<ArgumentException>(() => _context.Data.CreateDatabaseLoader(new DatabaseLoader.Column("X", DbType.Single, 0) { KeyCount = new KeyCount(3) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatabaseLoader.Column("X", DbType.Single, 3, 1));
    }

    private sealed class House
    {
        public string City { get; set; } = "";

        [LoadColumnName("rooms", "garden")]
        public float[] Numbers { get; set; } = [];

        [LoadColumn(1), ColumnName("Size")]
        public float Size { get; set; }

        [NoColumn]
        public string Note { get; set; } = "";
    }
}
