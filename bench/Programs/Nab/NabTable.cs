using System.Globalization;
using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Programs;

/// <summary>Scores detectors on the Numenta Anomaly Benchmark, by profile, by folder, and by halves of the corpus.</summary>
internal static class NabTable
{
    private sealed class Row
    {
        public double Value { get; set; }
    }

    private sealed class Result
    {
        public double[] Anomaly { get; set; } = [];
    }

    /// <summary>The table of the project's detectors.</summary>
    internal static void Run(string archive)
    {
        IReadOnlyList<NabFile> files = NabCorpus.Read(archive);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Count} files, {files.Sum(file => file.Values.Length)} rows, {files.Sum(file => file.Windows.Count)} windows"));
        Print("null", files, file => new double[file.Values.Length]);
        Print("perfect", files, Perfect);
        foreach (int seed in new[] { 1, 2, 3 }) Print($"random {seed}", files, file => Random(file, seed));
        Print("windowed Gaussian", files, file => WindowedGaussian.Score(file.Values));
        var context = new MLContext(seed: 1);
        Print("DetectStreamingAnomaly", files, file => Detect(context, file, output: 1));
        Print("DetectStreamingAnomaly, its own alerts", files, file => Detect(context, file, output: 0));
    }

    /// <summary>The table of scores that others recorded: a folder per detector, in it the folders of the benchmark.</summary>
    internal static void RunRecorded(string archive, string folder)
    {
        IReadOnlyList<NabFile> files = NabCorpus.Read(archive);
        foreach (string detector in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
            Print(Path.GetFileName(detector), files, file => Recorded(detector, file));
    }

    private static void Print(string name, IReadOnlyList<NabFile> files, Func<NabFile, double[]> detect)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        var scored = files.ToDictionary(file => file, file => new AnomalyScoredSeries(detect(file), file.Windows));
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        AnomalyWindowMetrics Best(AnomalyWindowProfile profile) => AnomalyWindowMetrics.AtBestThreshold([.. scored.Values], profile);
        AnomalyScoredSeries[] Of(Func<NabFile, bool> which) => [.. files.Where(which).Select(file => scored[file])];
        AnomalyWindowMetrics standard = Best(AnomalyWindowProfile.Standard);
        Write($"{name}: standard {standard.Score:F2}, low FP {Best(AnomalyWindowProfile.RewardLowFalsePositives).Score:F2}, low FN {Best(AnomalyWindowProfile.RewardLowFalseNegatives).Score:F2}; threshold {standard.Threshold:G5}, {standard.FoundWindowCount} of {standard.WindowCount} windows, {standard.FalseAlerts} false alerts; {seconds:F1} s");
        AnomalyScoredSeries[] first = Of(IsFirstHalf), second = Of(file => !IsFirstHalf(file));
        double firstThreshold = AnomalyWindowMetrics.AtBestThreshold(first).Threshold, secondThreshold = AnomalyWindowMetrics.AtBestThreshold(second).Threshold;
        Write($"    artificial and tweets {AnomalyWindowMetrics.At(firstThreshold, first).Score:F2}, at the threshold of the rest {AnomalyWindowMetrics.At(secondThreshold, first).Score:F2}; the rest {AnomalyWindowMetrics.At(secondThreshold, second).Score:F2}, at the threshold of artificial and tweets {AnomalyWindowMetrics.At(firstThreshold, second).Score:F2}");
        foreach (IGrouping<string, NabFile> folder in files.GroupBy(file => file.Folder))
        {
            AnomalyWindowMetrics part = AnomalyWindowMetrics.At(standard.Threshold, [.. folder.Select(file => scored[file])]);
            Write($"    {folder.Key,-22} {part.Score,7:F2}  {part.FoundWindowCount} of {part.WindowCount} windows, {part.FalseAlerts} false alerts");
        }
    }

    private static bool IsFirstHalf(NabFile file) => file.Folder is "artificialNoAnomaly" or "artificialWithAnomaly" or "realTweets";

    private static double[] Perfect(NabFile file)
    {
        double[] scores = new double[file.Values.Length];
        foreach (AnomalyWindow window in file.Windows) scores[window.First] = 1;
        return scores;
    }

    private static double[] Random(NabFile file, int seed)
    {
        var random = new Random(seed + file.Path.Sum(letter => letter));
        return [.. file.Values.Select(_ => random.NextDouble())];
    }

    /// <param name="context">The context.</param>
    /// <param name="file">The series.</param>
    /// <param name="output">1 for the score, 0 for the alert at the default confidence.</param>
    private static double[] Detect(MLContext context, NabFile file, int output)
    {
        IDataView rows = context.Data.LoadFromEnumerable(file.Values.Select(value => new Row { Value = value }));
        IDataView scored = context.AnomalyDetection.DetectStreamingAnomalies(rows, nameof(Result.Anomaly), nameof(Row.Value));
        return [.. context.Data.CreateEnumerable<Result>(scored, reuseRowObject: false).Select(result => result.Anomaly[output])];
    }

    private static double[] Recorded(string folder, NabFile file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(folder, file.Folder, $"{Path.GetFileName(folder)}_{Path.GetFileName(file.Path)}"));
        int column = Array.IndexOf(lines[0].Split(','), "anomaly_score");
        return [.. lines[1..].Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture))];
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
