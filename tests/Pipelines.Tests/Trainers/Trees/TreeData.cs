using System.Text.Json.Nodes;
using MLPipelines.Persistence;
using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

/// <summary>Small tables with a known relation, and what tests ask of trees.</summary>
internal static class TreeData
{
    internal static TrainingEnvironment Environment => new MLContext(seed: 1).Environment;

    internal static BoostingOptions Small => new() { TreeCount = 20, LeafCount = 8, MinimumRowsPerLeaf = 5, Seed = 7 };

    internal static FeatureMatrix Matrix(params float[][] rows) => new([.. rows.SelectMany(row => row)], rows.Length, rows[0].Length);

    /// <summary>Five features, of which three count; some of the second are missing, and those rows have greater labels.</summary>
    internal static BoostingSet Regression(int rows, int seed = 1)
    {
        var random = new Random(seed);
        float[][] features = new float[rows][];
        float[] labels = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            float[] x = features[i] = [.. Enumerable.Range(0, 5).Select(_ => random.NextSingle() * 2 - 1)];
            labels[i] = 2 * x[0] + (x[1] > 0.2f ? 1 : 0) + x[2] * x[2] + 0.1f * random.NextSingle();
            if (random.NextSingle() >= 0.1f) continue;
            x[1] = float.NaN;
            labels[i] += 3;
        }
        return new BoostingSet(Matrix(features), labels);
    }

    internal static BoostingSet With(this BoostingSet set, Func<float, float> label) => set with { Labels = Array.ConvertAll(set.Labels, value => label(value)) };

    internal static TreeEnsemble Learn(this BoostingSet set, BoostingOptions options, BoostingObjective? objective = null, BoostingSet? validation = null) =>
        GradientBoosting.Learn(set, objective ?? new SquaredObjective(), options, Environment, validation);

    internal static float[] Scores(this TreeEnsemble model, FeatureMatrix features)
    {
        float[] all = new float[features.RowCount * model.OutputCount];
        for (int i = 0; i < features.RowCount; i++) model.Score(features[i], all.AsSpan(i * model.OutputCount, model.OutputCount));
        return all;
    }

    internal static double Rmse(this TreeEnsemble model, BoostingSet set) =>
        Math.Sqrt(model.Scores(set.Features).Zip(set.Labels, (score, label) => ((double)score - label) * ((double)score - label)).Average());

    /// <summary>All that a model file would hold.</summary>
    internal static Dictionary<string, byte[]> Saved(this TreeEnsemble model)
    {
        var parameters = new JsonObject();
        var entries = new Dictionary<string, byte[]>();
        model.Save(new StepPartsWriter("trees", parameters, entries));
        entries.Add("parameters", System.Text.Encoding.UTF8.GetBytes(parameters.ToJsonString()));
        return entries;
    }

    internal static TreeEnsemble Load(Dictionary<string, byte[]> saved) =>
        TreeEnsemble.Load(new StepPartsReader("model.zip", "trees", 1, JsonNode.Parse(saved["parameters"])!.AsObject(), saved));

    internal static void AssertSame(TreeEnsemble expected, TreeEnsemble actual)
    {
        Dictionary<string, byte[]> a = expected.Saved(), b = actual.Saved();
        Assert.Equal(a.Keys.Order(), b.Keys.Order());
        foreach ((string name, byte[] bytes) in a) Assert.True(bytes.AsSpan().SequenceEqual(b[name]), name);
    }
}
