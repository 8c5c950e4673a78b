using System.Globalization;
using System.Text.Json;

namespace MLPipelines.Cli.Tests.Apply;

/// <summary>A linear model of a number that is 3 a − 2 b + 5, and 10 more where kind is y; trained once for the tests of a class.</summary>
public sealed class TableModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TableModel()
    {
        Data = _folder.Write("d.csv", Samples.Table());
        CommandRun.Of("train", "regression", "--dataset", Data, "--label-col", "target", "--trainer", "sdca", "--ignore-cols", "good,day", "--output", Path).Succeeded();
    }

    internal string Data { get; }

    internal string Path => _folder["table.zip"];

    public void Dispose() => _folder.Dispose();
}

public sealed class ExplainTests(TableModel model) : IClassFixture<TableModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    private string[][] Lines(string file) => [.. File.ReadAllLines(_folder[file]).Select(line => line.Split(','))];

    [Fact]
    public void Columns_come_by_how_much_worse_predictions_are_without_them()
    {
        string shown = CommandRun.Of("explain", model.Path, "--dataset", model.Data, "--output", _folder["i.csv"], "--permutations", "2").Succeeded().Out;
        string[][] lines = Lines("i.csv");
        Assert.Equal(["column", "importance", "standardError"], lines[0]);
        // Dealt out, a changes the number by 3 · 2.9 · √2 on average, kind by 10 · √½, b by 2 · 2.9 · √2.
        Assert.Equal(["a", "b", "kind"], lines[1..].Select(line => line[0]).Order(StringComparer.Ordinal));
        Assert.Equal("a", lines[1][0]);
        Assert.InRange(Number(lines[1][1]), 9, 15);
        Assert.All(lines[1..], line => Assert.True(Number(line[1]) > 3));
        Assert.StartsWith("How much worse rmse is", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Contributions_of_a_row_and_their_base_sum_to_its_prediction()
    {
        CommandRun.Of("explain", model.Path, "--dataset", model.Data, "--importance", "contribution", "--rows", _folder["r.csv"]).Succeeded();
        string[][] lines = Lines("r.csv");
        Assert.Equal(["row", "prediction", "score", "base", "column", "value", "contribution"], lines[0]);
        Assert.Equal(200 * 3, lines.Length - 1);
        var rows = lines[1..].GroupBy(line => line[0]).ToList();
        Assert.Equal(200, rows.Count);
        foreach (var row in rows)
        {
            string[] first = row.First();
            Assert.Equal(Number(first[1]), Number(first[2]), 1e-3);
            Assert.Equal(Number(first[2]), Number(first[3]) + row.Sum(line => Number(line[6])), 1e-3);
            Assert.Equal(row.Select(line => Math.Abs(Number(line[6]))).OrderDescending(), row.Select(line => Math.Abs(Number(line[6]))));
        }
        // Of two rows, the contributions of a differ by 3 times their difference in a.
        string[][] byColumn = [.. lines[1..].Where(line => line[4] == "a")];
        Assert.Equal(3, (Number(byColumn[0][6]) - Number(byColumn[1][6])) / (Number(byColumn[0][5]) - Number(byColumn[1][5])), 0.1);
    }

    [Fact]
    public void The_largest_contributions_are_written_to_standard_output_if_asked()
    {
        string[] lines = CommandRun.Of("explain", model.Path, "--dataset", model.Data, "--rows", "-", "--top", "1", "--max-rows", "50").Succeeded().Out.TrimEnd('\n').Split('\n');
        Assert.Equal(201, lines.Length);
    }

    [Fact]
    public void A_file_without_the_right_answers_is_explained_by_contributions()
    {
        string data = _folder.Write("new.csv", "a,b,kind\n1,2,x\n3,4,y\n");
        JsonElement json = JsonDocument.Parse(CommandRun.Of("explain", model.Path, "--dataset", data, "--json").Succeeded().LastLine).RootElement;
        Assert.Equal("contribution", json.GetProperty("kind").GetString());
        Assert.Equal(3, json.GetProperty("importance").EnumerateObject().Count());
    }

    [Fact]
    public void A_blend_is_explained_by_the_mean_of_its_models()
    {
        string table = _folder["blend.zip"];
        CommandRun.Of("automl", "classification", "--dataset", model.Data, "--label-col", "good", "--ignore-cols", "target", "--max-trials", "12", "--output", table).Succeeded();
        CommandRun.Of("explain", table, "--dataset", model.Data, "--importance", "contribution", "--rows", _folder["b.csv"]).Succeeded();
        string[][] lines = Lines("b.csv")[1..];
        Assert.Equal(["a", "b", "day", "kind"], lines.Select(line => line[4]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["no", "yes"], lines.Select(line => line[1]).Distinct().Order(StringComparer.Ordinal));
        foreach (var row in lines.GroupBy(line => line[0]))
            Assert.Equal(Number(row.First()[2]), Number(row.First()[3]) + row.Sum(line => Number(line[6])), 1e-3);
    }

    [Fact]
    public void What_is_made_of_a_column_counts_for_it()
    {
        string table = _folder["dates.zip"];
        CommandRun.Of("train", "classification", "--dataset", model.Data, "--label-col", "good", "--ignore-cols", "target", "--trainer", "boosted-trees", "--output", table).Succeeded();
        CommandRun.Of("explain", table, "--dataset", model.Data, "--importance", "gain", "--output", _folder["g.csv"]).Succeeded();
        Assert.Equal(["a", "b", "day", "kind"], Lines("g.csv")[1..].Select(line => line[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_cannot_be_explained_is_said()
    {
        string data = _folder.Write("new.csv", "a,b,kind\n1,2,x\n3,4,y\n");
        Assert.Contains("--label-col names one", CommandRun.Of("explain", model.Path, "--dataset", data, "--importance", "permutation").Refused(), StringComparison.Ordinal);
        Assert.Contains("is no model of trees", CommandRun.Of("explain", model.Path, "--dataset", data, "--importance", "gain").Refused(), StringComparison.Ordinal);
        Assert.Contains("name files with --output and --rows", CommandRun.Of("explain", model.Path, "--dataset", data, "--rows", "-", "--json").Refused(), StringComparison.Ordinal);
        Assert.Contains("has no column 'b'", CommandRun.Of("explain", model.Path, "--dataset", _folder.Write("less.csv", "a,kind\n1,x\n2,y\n")).Refused(), StringComparison.Ordinal);
    }
}
