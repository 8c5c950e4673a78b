using System.Diagnostics;
using System.Globalization;
using MLPipelines.MLNetFiles;
#if MLNET
using System.Reflection;
using Microsoft.ML;
#else
using MLPipelines;
#endif

// Loads models that ML.NET saved and predicts one row at a time, with this library or with ML.NET: mlnet-files FOLDER.
string folder = args[0];
Console.WriteLine("file | load, least (ms) | load, median (ms) | a prediction, median (µs)");
Measure<Issue, Scores>("samples-GitHubLabeler-GitHubLabelerModel-5352da9.zip", Issue.Some());
Measure<Review, Score>("samples-ScalableSentimentAnalysisBlazorWebApp-MLSentimentModel.zip", Review.Some());
Measure<Trip, Score>("samples-Regression_AutoML-TaxiFareModel-81c7bc1.zip", Trip.Some());
Measure<Player, Score>("baseball-OnHoFBallot-FastTree.mlnet", Player.Some());
Measure<Player, Score>("baseball-InductedToHoF-LightGbm.mlnet", Player.Some());

void Measure<TRow, TScored>(string file, TRow[] rows) where TRow : class where TScored : class, new()
{
    const int loads = 31, rounds = 51, warmUp = 1500;
    string path = Path.Combine(folder, file);
    double[] load = [.. Enumerable.Range(0, loads).Select(_ => Seconds(() => Load(path)) * 1e3).Skip(loads / 3)];
    using var engine = Engine<TRow, TScored>(path);
    var score = new TScored();
    // Methods are compiled anew while they run: what is measured comes after that.
    for (var watch = Stopwatch.StartNew(); watch.ElapsedMilliseconds < warmUp;) PredictAll();
    Thread.Sleep(300);
    int passes = 1 + (int)(0.02 / Seconds(PredictAll));
    double[] predictions = [.. Enumerable.Range(0, rounds).Select(_ => Seconds(() => { for (int i = 0; i < passes; i++) PredictAll(); }) / passes / rows.Length * 1e6)];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file} | {load.Min():F1} | {Median(load):F1} | {Median(predictions):F2}"));

    void PredictAll()
    {
        foreach (TRow row in rows) engine.Predict(row, ref score);
    }
}

static ITransformer Load(string path)
{
    var context = new MLContext(1);
#if MLNET
    // Old files do not say in which assembly a component is.
    foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.ML*.dll")) context.ComponentCatalog.RegisterAssembly(Assembly.LoadFrom(file));
#endif
    return context.Model.Load(path, out _);
}

static PredictionEngine<TRow, TScored> Engine<TRow, TScored>(string path) where TRow : class where TScored : class, new() =>
    new MLContext(1).Model.CreatePredictionEngine<TRow, TScored>(Load(path));

static double Seconds(Action action)
{
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}

static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
