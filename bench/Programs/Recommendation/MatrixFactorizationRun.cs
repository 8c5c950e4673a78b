using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Programs.Recommendation;

/// <summary>Matrix factorization of MovieLens-100k, rank 64, 20 passes: its published folds, and copies of it, each with users of its own.</summary>
internal static class MatrixFactorizationRun
{
    private const int Users = 943, Items = 1682, Copies = 50;

    private static readonly MLContext Context = new(seed: 1);

    internal static void Run(string folder, int threads)
    {
        string At(string name) => Path.Combine(folder, name);
        double sum = 0;
        for (int fold = 1; fold <= 5; fold++)
        {
            sum += Report($"u{fold}", Read(At($"u{fold}.base"), 1), Read(At($"u{fold}.test"), 1), threads);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"u1 to u5: mean test RMSE {sum / 5:F4}"));
        Report("u1, 50 copies: 4 M ratings", Read(At("u1.base"), Copies), Read(At("u1.test"), Copies), threads);
        Report("u.data, 50 copies: 5 M ratings", Read(At("u.data"), Copies), null, threads);
    }

    private static double Report(string name, IDataView train, IDataView? test, int threads)
    {
        var clock = Stopwatch.StartNew();
        var model = Context.Recommendation().Trainers.MatrixFactorization(new MatrixFactorizationTrainer.Options
        {
            LabelColumnName = nameof(Rating.Value), MatrixRowIndexColumnName = nameof(Rating.User), MatrixColumnIndexColumnName = nameof(Rating.Item),
            ApproximationRank = 64, NumberOfIterations = 20, NumberOfThreads = threads,
        }).Fit(train);
        double seconds = clock.Elapsed.TotalSeconds;
        double error = test is null ? double.NaN : Context.Recommendation().Evaluate(model.Transform(test), nameof(Rating.Value)).RootMeanSquaredError;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:F2} s, test RMSE {error:F4}"));
        return error;
    }

    /// <summary>Reads lines of user, item, rating and time; users and items count from 1.</summary>
    private static IDataView Read(string file, int copies)
    {
        var ratings = new List<Rating>();
        using Stream stream = Open(file);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split('\t');
            ratings.Add(new Rating { User = uint.Parse(parts[0], CultureInfo.InvariantCulture) - 1, Item = uint.Parse(parts[1], CultureInfo.InvariantCulture) - 1, Value = float.Parse(parts[2], CultureInfo.InvariantCulture) });
        }
        IEnumerable<Rating> all = Enumerable.Range(0, copies).SelectMany(copy => ratings.Select(rating => new Rating { User = rating.User + (uint)(copy * Users), Item = rating.Item, Value = rating.Value }));
        IDataView view = Context.Data.Cache(Context.Data.LoadFromEnumerable(all));
        // Objects are read into the cache now: training is timed from columns in memory.
        _ = Context.Data.CreateEnumerable<Rating>(view, reuseRowObject: true).Count();
        return view;
    }

    private static Stream Open(string file) =>
        File.Exists(file) ? File.OpenRead(file) : new GZipStream(File.OpenRead(file + ".gz"), CompressionMode.Decompress);

    private sealed class Rating
    {
        [KeyType(Users * Copies)]
        public uint User { get; set; }

        [KeyType(Items)]
        public uint Item { get; set; }

        public float Value { get; set; }
    }
}
