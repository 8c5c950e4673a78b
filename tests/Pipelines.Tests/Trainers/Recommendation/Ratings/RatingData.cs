using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using MLPipelines.Persistence;
using MLPipelines.Recommendation;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Recommendation.Ratings;

/// <summary>Ratings to learn from, and what is done with models of them.</summary>
internal static class RatingData
{
    /// <summary>Ratings that are 3.5 + biases + a product of two factors + a little noise, of some of all pairs; nobody rated the last user and item.</summary>
    /// <param name="share">The share of pairs that are rated.</param>
    /// <param name="truth">The rating without noise of each pair (users, items).</param>
    /// <param name="userCount">How many users rated.</param>
    internal static Interactions Planted(double share, out float[,] truth, int userCount = 120)
    {
        const int ItemCount = 80;
        var random = new Random(3);
        double[] Draw(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * Math.Sqrt(12) * (random.NextDouble() - 0.5))];
        double[] users = Draw(userCount * 3, 0.6), items = Draw(ItemCount * 3, 0.6);
        truth = new float[userCount, ItemCount];
        List<int> rows = [], columns = [];
        List<float> values = [];
        for (int user = 0; user < userCount; user++)
        {
            for (int item = 0; item < ItemCount; item++)
            {
                truth[user, item] = (float)(3.5 + users[user * 3] + items[item * 3] + (users[(user * 3) + 1] * items[(item * 3) + 1]) + (users[(user * 3) + 2] * items[(item * 3) + 2]));
                if (random.NextDouble() >= share) continue;
                rows.Add(user);
                columns.Add(item);
                values.Add(truth[user, item] + (float)(0.1 * (random.NextDouble() - 0.5)));
            }
        }
        return Of([.. rows], [.. columns], [.. values], userCount + 1, ItemCount + 1);
    }

    internal static Interactions Of(int[] users, int[] items, float[] values, int userCount, int itemCount) => Interactions.Of(users, items, values, userCount, itemCount, (_, next) => next);

    /// <summary>A part of a published fold of MovieLens-100k, such as <c>u1.base.gz</c>.</summary>
    internal static (int[] Users, int[] Items, float[] Values) MovieLens(string part)
    {
        using Stream file = File.OpenRead(Datasets.PathOf($"recommendation/ml-100k/{part}"));
        using var reader = new StreamReader(part.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        int[][] rows = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t').Select(cell => int.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        return ([.. rows.Select(row => row[0] - 1)], [.. rows.Select(row => row[1] - 1)], [.. rows.Select(row => (float)row[2])]);
    }

    internal static double MovieLensError(RecommendationMethod method, int fold)
    {
        var (users, items, values) = MovieLens($"u{fold}.base.gz");
        Interactions known = Of(users, items, values, 943, 1682);
        RecommenderModel model = method.Fit(known, new TrainingEnvironment(1));
        (users, items, values) = MovieLens($"u{fold}.test");
        return Math.Sqrt(values.Select((value, i) => Math.Pow(value - model.Score(users[i], known.ItemsOf(users[i]), known.ValuesOf(users[i]), items[i]), 2)).Average());
    }

    /// <summary>The scores of all pairs, with the unknown user and item at the ends.</summary>
    internal static List<float> AllScores(RecommenderModel model)
    {
        var scores = new List<float>();
        for (int user = -1; user < model.UserCount; user++)
        {
            for (int item = -1; item < model.ItemCount; item++) scores.Add(model.Score(user, [], [], item));
        }
        return scores;
    }

    internal static (string Parameters, Dictionary<string, byte[]> Entries) Save(RecommenderModel model)
    {
        var parameters = new JsonObject();
        var entries = new Dictionary<string, byte[]>();
        RecommenderModelTable.Save(model, new StepPartsWriter("step", parameters, entries));
        return (parameters.ToJsonString(), entries);
    }

    internal static RecommenderModel Load((string Parameters, Dictionary<string, byte[]> Entries) saved) =>
        RecommenderModelTable.Load(new StepPartsReader("model.zip", "step", 1, JsonNode.Parse(saved.Parameters)!.AsObject(), saved.Entries));
}
