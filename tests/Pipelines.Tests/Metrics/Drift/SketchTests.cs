using MLPipelines.Data;
using MLPipelines.Drift;

namespace MLPipelines.Tests.Metrics.Drift;

public class SketchTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed record Row(float Number, double Few, string Category, string Text, bool Truth, DateTime Time, string Code);

    private static readonly string[] Names = ["red", "green", "blue"];

    private static Row[] Rows(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Row(i % 50 == 0 ? float.NaN : (float)(Math.Pow(Math.Sin(i * 0.7), 3) * 50), i % 4, Names[i * 31 % 11 % 3],
            $"where is the parcel number {i} that was sent", i % 3 == 0, new DateTime(2026, 1, 1).AddDays(i), $"T-{i}")),
    ];

    private static readonly string[] Columns = ["Number", "Few", "Category", "Text", "Truth", "Time", "Code"];

    private static IReadOnlyList<ColumnSketch> Sketch(int rows) => DataProfile.Sketch(ML.Data.LoadFromEnumerable(Rows(rows)), Columns);

    [Fact]
    public void Columns_are_sketched_by_what_they_hold()
    {
        var sketches = Sketch(1000);
        Assert.Equal(["number", "number", "category", "text", "category", "date", "category"], sketches.Select(sketch => sketch.Kind));
        Assert.Equal(20, sketches[0].Missing);
        Assert.Equal([0.5, 1.5, 2.5], sketches[1].Edges!);
        Assert.Equal([250L, 250, 250, 250], sketches[1].Counts!);
        Assert.Equal(Names.Order(), sketches[2].Categories!.Keys.Order());
        Assert.Equal(0, sketches[2].Others);
        // Nine words of which one is new in each row: a ninth is expected to be unseen later.
        Assert.Equal(1 / 9.0, sketches[3].UnseenShare!.Value, 3);
        Assert.Equal(334, sketches[4].Categories!["True"]);
        // Codes that come once say who a row is about; none is listed.
        Assert.Empty(sketches[6].Categories!);
        Assert.Equal(1, sketches[6].UnseenShare);
    }

    /// <summary>
    /// The deciles are those of all values, to the third decimal of a rank:
    ///   x = np.sin(np.arange(100000) * 0.7) ** 3 * 50; x = x[np.arange(100000) % 50 != 0]; np.quantile(x, np.arange(1, 10) / 10)
    /// </summary>
    [Fact]
    public void Bins_hold_a_tenth_of_the_rows_each()
    {
        ColumnSketch sketch = Sketch(100_000)[0];
        Assert.Equal(9, sketch.Edges!.Count);
        double[] sorted = [.. Rows(100_000).Where(row => !float.IsNaN(row.Number)).Select(row => (double)row.Number).Order()];
        for (int i = 0; i < 9; i++)
        {
            double rank = sorted.Count(value => value <= sketch.Edges[i]) / (double)sorted.Length;
            Assert.InRange(rank, 0.1 * (i + 1) - 0.005, 0.1 * (i + 1) + 0.005);
            Assert.InRange(sketch.Counts!.Take(i + 1).Sum() / (double)sorted.Length, rank - 0.005, rank + 0.005);
        }
        Assert.Equal(98_000, sketch.Counts!.Sum());
    }

    [Fact]
    public void Sketches_of_parts_merge_into_one_of_all()
    {
        SketchBuilder all = new("x", "number"), first = new("x", "number"), second = new("x", "number");
        for (int i = 0; i < 30_000; i++)
        {
            double value = i * 7919 % 30_011;
            all.AddNumber(value);
            (i % 3 == 0 ? first : second).AddNumber(value);
        }
        second.AddMissing();
        first.Merge(second);
        ColumnSketch merged = first.ToSketch(), whole = all.ToSketch();
        Assert.Equal((30_001, 1), (merged.Rows, merged.Missing));
        Assert.Equal((whole.Minimum, whole.Maximum), (merged.Minimum, merged.Maximum));
        Assert.Equal(30_000, merged.Counts!.Sum());
        for (int i = 0; i < 9; i++) Assert.InRange(merged.Edges![i] / whole.Edges![i], 0.98, 1.02);
    }

    [Fact]
    public void Words_merge_with_their_counts()
    {
        SketchBuilder first = new("x", "text"), second = new("x", "text");
        for (int i = 0; i < 40; i++) (i % 2 == 0 ? first : second).AddText($"one two three four {i}");
        first.Merge(second);
        ColumnSketch sketch = first.ToSketch();
        Assert.Equal(("text", 40, 200L), (sketch.Kind, sketch.Rows, sketch.Words));
        Assert.Equal(0.2, sketch.UnseenShare);
    }

    [Fact]
    public void A_sketch_is_of_a_few_kilobytes_whatever_the_data_is()
    {
        var builder = new SketchBuilder("x", "text");
        for (int i = 0; i < 60_000; i++) builder.AddText($"word{i} other{i * 31} {new string('x', i % 200)} in a row");
        var record = new TrainingRecord { Profile = new DataProfile { Inputs = [builder.ToSketch()] } };
        Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(record).Length, 1000, 8000);
        var codes = new SketchBuilder("x", "category");
        for (int i = 0; i < 60_000; i++) codes.AddText($"{i % 300} {new string('y', 200)}");
        Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(codes.ToSketch()).Length, 1000, 12_000);
    }

    [Fact]
    public void The_same_rows_make_the_same_sketch() =>
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(Sketch(9000)), System.Text.Json.JsonSerializer.Serialize(Sketch(9000)));

    [Fact]
    public void Infinite_and_huge_numbers_have_finite_bounds()
    {
        var builder = new SketchBuilder("x", "number");
        foreach (double value in new[] { double.NegativeInfinity, -1e308, 0, 1e308, double.PositiveInfinity }) builder.AddNumber(value);
        ColumnSketch sketch = builder.ToSketch();
        Assert.All(sketch.Edges!.Append(sketch.Minimum!.Value).Append(sketch.Maximum!.Value), edge => Assert.True(double.IsFinite(edge)));
        Assert.NotNull(DriftCounts.For(sketch));
    }

    [Fact]
    public void Words_are_runs_of_letters_and_ideographs_alone()
    {
        Assert.Equal(Hashes("hello WORLD 42"), Hashes("Hello, world: 42!"));
        Assert.Equal(4, Hashes("退款 abc 订").Count);
        Assert.Empty(Hashes(" …! "));

        static List<uint> Hashes(string text)
        {
            List<uint> hashes = [];
            for (var words = new TextWords(text); words.Next();) hashes.Add(words.Current);
            return hashes;
        }
    }
}
