namespace MLPipelines.Scenarios.Tests.AnomalyDetection;

/// <summary>Metrics that tests look at.</summary>
internal static class Metrics
{
    internal static double[] Noise(int count, double scale = 1, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }

    /// <summary>Hours with a day, quieter at weekends; the first is a Monday.</summary>
    internal static double[] Hours(int count, int seed = 1) =>
        [.. Noise(count, 2, seed).Select((noise, i) => 100 + ((i / 24 % 7 < 5 ? 30 : 10) * Math.Sin(2 * Math.PI * i / 24)) + noise)];

    internal static IDataView View(MLContext context, double[] values) =>
        context.Data.LoadFromEnumerable(values.Select((value, i) => new Hour { Time = new DateTime(2024, 1, 1).AddHours(i), Value = value }));

    internal sealed class Hour
    {
        public DateTime Time { get; set; }

        public double Value { get; set; }
    }
}
