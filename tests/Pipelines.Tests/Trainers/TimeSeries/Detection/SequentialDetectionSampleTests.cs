using System.Globalization;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

/// <summary>What ML.NET's samples of the detectors print, as their comments state it.</summary>
public class SequentialDetectionSampleTests
{
    private readonly MLContext _context = new(seed: 1);

    private sealed class Point
    {
        public float Value { get; set; }
    }

    private sealed class Scores
    {
        public double[] Prediction { get; set; } = [];
    }

    private static readonly float[] Season = [0, 1, 2, 3, 4];

    private static readonly float[] Seasons = [.. Season, .. Season, .. Season];

    private static string[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    private static string Line(float value, Scores scores) => string.Create(CultureInfo.InvariantCulture,
        $"{value} {scores.Prediction[0]} {string.Join(' ', scores.Prediction.Skip(1).Select(score => score.ToString("0.00", CultureInfo.InvariantCulture)))}");

    private IDataView View(IEnumerable<float> values) => _context.Data.LoadFromEnumerable(values.Select(value => new Point { Value = value }).ToList());

    private IEnumerable<string> Transform(IEstimator<ITransformer> estimator, float[] values)
    {
        IDataView view = View(values);
        return values.Zip(_context.Data.CreateEnumerable<Scores>(estimator.Fit(view).Transform(view), reuseRowObject: false), Line);
    }

    private TimeSeriesPredictionEngine<Point, Scores> Engine(ITransformer model) => model.CreateTimeSeriesEngine<Point, Scores>(_context);

    private static IEnumerable<string> Follow(TimeSeriesPredictionEngine<Point, Scores> engine, params IEnumerable<float> values) =>
        values.Select(value => Line(value, engine.Predict(new Point { Value = value }))).ToList();

    private TimeSeriesPredictionEngine<Point, Scores> Reloaded(TimeSeriesPredictionEngine<Point, Scores> engine)
    {
        using var stream = new MemoryStream();
        engine.CheckPoint(_context, stream);
        stream.Position = 0;
        return Engine(_context.Model.Load(stream, out _));
    }

    [Fact]
    public void Iid_spikes_of_a_view() => Assert.Equal(
        Lines("""
            5 0 5.00 0.50
            5 0 5.00 0.50
            5 0 5.00 0.50
            5 0 5.00 0.50
            5 0 5.00 0.50
            10 1 10.00 0.00
            5 0 5.00 0.26
            5 0 5.00 0.26
            5 0 5.00 0.50
            5 0 5.00 0.50
            5 0 5.00 0.50
            """),
        Transform(_context.Transforms.DetectIidSpike("Prediction", "Value", 95.0, 10 / 4), [5, 5, 5, 5, 5, 10, 5, 5, 5, 5, 5]));

    [Fact]
    public void Iid_changes_of_a_view() => Assert.Equal(
        Lines("""
            5 0 5.00 0.50 0.00
            5 0 5.00 0.50 0.00
            5 0 5.00 0.50 0.00
            5 0 5.00 0.50 0.00
            5 0 5.00 0.50 0.00
            5 0 5.00 0.50 0.00
            5 0 5.00 0.50 0.00
            5 0 5.00 0.50 0.00
            7 1 7.00 0.00 10298.67
            7 0 7.00 0.13 33950.16
            7 0 7.00 0.26 60866.34
            7 0 7.00 0.38 78362.04
            7 0 7.00 0.50 0.01
            7 0 7.00 0.50 0.00
            7 0 7.00 0.50 0.00
            7 0 7.00 0.50 0.00
            """),
        Transform(_context.Transforms.DetectIidChangePoint("Prediction", "Value", 95.0, 16 / 4), [5, 5, 5, 5, 5, 5, 5, 5, 7, 7, 7, 7, 7, 7, 7, 7]));

    [Fact]
    public void Iid_changes_of_a_stream_that_is_saved_within_a_change()
    {
        var engine = Engine(_context.Transforms.DetectIidChangePoint("Prediction", "Value", 95.0, 4).Fit(View([])));
        Assert.Equal([.. Enumerable.Repeat("5 0 5.00 0.50 0.00", 8), "7 1 7.00 0.00 10298.67"], Follow(engine, 5, 5, 5, 5, 5, 5, 5, 5, 7));
        string[] after = Lines("""
            7 0 7.00 0.13 33950.16
            7 0 7.00 0.26 60866.34
            7 0 7.00 0.38 78362.04
            7 0 7.00 0.50 0.01
            7 0 7.00 0.50 0.00
            7 0 7.00 0.50 0.00
            7 0 7.00 0.50 0.00
            """);
        var loaded = Reloaded(engine);
        Assert.Equal(after, Follow(loaded, 7, 7, 7, 7, 7, 7, 7));
        Assert.Equal(after, Follow(engine, 7, 7, 7, 7, 7, 7, 7));
    }

    [Fact]
    public void Spikes_of_a_view_with_seasons() => Assert.Equal(
        Lines("""
            0 0 -2.53 0.50
            1 0 -0.01 0.01
            2 0 0.76 0.14
            3 0 0.69 0.28
            4 0 1.44 0.18
            0 0 -1.84 0.17
            1 0 0.22 0.44
            2 0 0.20 0.45
            3 0 0.16 0.47
            4 0 1.33 0.18
            0 0 -1.79 0.07
            1 0 0.16 0.50
            2 0 0.09 0.50
            3 0 0.08 0.45
            4 0 1.31 0.12
            100 1 98.21 0.00
            0 0 -13.83 0.29
            1 0 -1.74 0.44
            2 0 -0.47 0.46
            3 0 -16.50 0.29
            4 0 -29.82 0.21
            """),
        Transform(_context.Transforms.DetectSpikeBySsa("Prediction", "Value", 95.0, 8, 15, 6), [.. Seasons, 100, .. Season]));

    [Fact]
    public void Changes_of_a_view_with_seasons() => AssertChanges(
        Lines("""
            0 0 -2.53 0.50 0.00
            1 0 -0.01 0.01 0.00
            2 0 0.76 0.14 0.00
            3 0 0.69 0.28 0.00
            4 0 1.44 0.18 0.00
            0 0 -1.84 0.17 0.00
            1 0 0.22 0.44 0.00
            2 0 0.20 0.45 0.00
            3 0 0.16 0.47 0.00
            4 0 1.33 0.18 0.00
            0 0 -1.79 0.07 0.00
            1 0 0.16 0.50 0.00
            2 0 0.09 0.50 0.00
            3 0 0.08 0.45 0.00
            4 0 1.31 0.12 0.00
            0 0 -1.79 0.07 0.00
            100 1 99.16 0.00 4031.94
            200 0 185.23 0.00 731260.87
            300 0 270.40 0.01 3578470.47
            400 0 357.11 0.03 45298370.86
            """),
        [.. Transform(_context.Transforms.DetectChangePointBySsa("Prediction", "Value", 95.0, 8, 15, 6), [.. Seasons, 0, 100, 200, 300, 400])]);

    [Fact]
    public void Spikes_of_a_stream_with_seasons()
    {
        var engine = Engine(_context.Transforms.DetectSpikeBySsa("Prediction", "Value", 95.0, 8, 15, 6).Fit(View(Seasons)));
        Assert.Equal(
            Lines("""
                0 0 -1.01 0.50
                1 0 -0.24 0.22
                2 0 -0.31 0.30
                3 0 0.44 0.01
                4 0 2.16 0.00
                0 0 -0.78 0.27
                1 0 -0.80 0.30
                2 0 -0.84 0.31
                3 0 0.33 0.31
                4 0 2.21 0.07
                100 1 86.17 0.00
                """),
            Follow(engine, [.. Season, .. Season, 100]));
        Assert.Equal(
            Lines("""
                0 0 -2.74 0.40
                1 0 -1.47 0.42
                2 0 -17.50 0.24
                3 0 -30.82 0.16
                4 0 -23.24 0.28
                """),
            Follow(Reloaded(engine), Season));
    }

    [Fact]
    public void Changes_of_a_stream_with_seasons()
    {
        var engine = Engine(_context.Transforms.DetectChangePointBySsa("Prediction", "Value", 95.0, 8, 15, 6).Fit(View(Seasons)));
        Assert.Equal(
            Lines("""
                0 0 -1.01 0.50 0.00
                1 0 -0.24 0.22 0.00
                2 0 -0.31 0.30 0.00
                3 0 0.44 0.01 0.00
                4 0 2.16 0.00 0.24
                """),
            Follow(engine, Season));
        string[] changing = [.. Follow(engine, 100, 200, 300, 400, 500), .. Follow(Reloaded(engine), 100, 200, 300, 400, 500)];
        AssertChanges(Lines("""
            100 0 86.23 0.00 2076098.24
            200 0 171.38 0.00 809668524.21
            300 1 256.83 0.01 22130423541.93
            400 0 326.55 0.04 241162710263.29
            500 0 364.82 0.08 597660527041.45
            100 0 -58.58 0.15 1096021098844.34
            200 0 -41.24 0.20 97579154688.98
            300 0 -30.61 0.24 95319753.87
            400 0 58.87 0.38 14.24
            500 0 219.28 0.36 0.05
            """), changing);
    }

    // A bet multiplies in the p-value to the power −0.9, p-values come from scores in single precision: of ten of them the product agrees to 6 digits.
    private static void AssertChanges(string[] expected, string[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            string[] stated = expected[i].Split(' '), found = actual[i].Split(' ');
            Assert.Equal(stated[..4], found[..4]);
            double score = double.Parse(stated[4], CultureInfo.InvariantCulture);
            Assert.Equal(score, double.Parse(found[4], CultureInfo.InvariantCulture), 0.005 + (score * 3e-6));
        }
    }
}
