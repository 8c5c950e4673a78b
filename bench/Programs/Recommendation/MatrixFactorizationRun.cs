using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Ratings learned from a second, by rank.</summary>
    internal static void Rates(string folder, int threads)
    {
        const int Passes = 20;
        IDataView ratings = Read(Path.Combine(folder, "u1.base"), Copies);
        long count = Context.Data.CreateEnumerable<Rating>(ratings, reuseRowObject: true).LongCount();
        foreach (int rank in new[] { 8, 16, 32, 64, 128 })
        {
            double Seconds(int passes)
            {
                var clock = Stopwatch.StartNew();
                Trainer(rank, passes, threads).Fit(ratings);
                return clock.Elapsed.TotalSeconds;
            }
            // Two lengths differ by passes alone: reading and sorting are not counted.
            Seconds(1);
            double perPass = Enumerable.Range(0, 5).Select(_ => (Seconds(1 + Passes) - Seconds(1)) / Passes).Order().ElementAt(2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rank {rank}, {threads} threads: {count / perPass / 1e6:F1} million updates a second"));
        }
    }

    private static MatrixFactorizationTrainer Trainer(int rank, int passes, int threads) => Context.Recommendation().Trainers.MatrixFactorization(new MatrixFactorizationTrainer.Options
    {
        LabelColumnName = nameof(Rating.Value), MatrixRowIndexColumnName = nameof(Rating.User), MatrixColumnIndexColumnName = nameof(Rating.Item),
        ApproximationRank = rank, NumberOfIterations = passes, NumberOfThreads = threads,
    });

    private static double Report(string name, IDataView train, IDataView? test, int threads)
    {
        var clock = Stopwatch.StartNew();
        var model = Trainer(64, 20, threads).Fit(train);
        double seconds = clock.Elapsed.TotalSeconds;
        double error = test is null ? double.NaN : Context.Recommendation().Evaluate(model.Transform(test), nameof(Rating.Value)).RootMeanSquaredError;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:F2} s, test RMSE {error:F4}"));
        return error;
    }

    /// <summary>Users and items of a file count from 1.</summary>
    private static IDataView Read(string file, int copies)
    {
        Rating[] ratings = [.. MovieLensRatings.Read(file).Select(line => new Rating
        {
            User = uint.Parse(line.User, CultureInfo.InvariantCulture) - 1, Item = uint.Parse(line.Item, CultureInfo.InvariantCulture) - 1, Value = line.Value,
        })];
        IEnumerable<Rating> all = Enumerable.Range(0, copies).SelectMany(copy => ratings.Select(rating => new Rating { User = rating.User + (uint)(copy * Users), Item = rating.Item, Value = rating.Value }));
        IDataView view = Context.Data.Cache(Context.Data.LoadFromEnumerable(all));
        // Objects are read into the cache now: training is timed from columns in memory.
        _ = Context.Data.CreateEnumerable<Rating>(view, reuseRowObject: true).Count();
        return view;
    }

    private sealed class Rating
    {
        [KeyType(Users * Copies)]
        public uint User { get; set; }

        [KeyType(Items)]
        public uint Item { get; set; }

        public float Value { get; set; }
    }
}
