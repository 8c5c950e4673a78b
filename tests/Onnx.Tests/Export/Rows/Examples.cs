using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Onnx.Tests.Export.Rows;

/// <summary>Rows to learn from: four numbers, of which labels of every sort are made.</summary>
internal static class Examples
{
    internal const int FeatureCount = 4;

    /// <summary>Columns <c>Features</c>, <c>Label</c> (number), <c>IsPositive</c>, <c>Kind</c> (key of three), <c>Count</c> (0, 1, 2, …), <c>Group</c> (key), <c>Grade</c> (key).</summary>
    internal static MemoryView Numbers(int rows = 240, float scale = 1, bool hasMissing = false)
    {
        var random = new Random(5);
        float[][] features = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, FeatureCount).Select(_ => scale * (random.NextSingle() * 2 - 1)).ToArray())];
        float[] labels = [.. features.Select(x => x[0] * 2 - x[1] + x[2] * x[3] / scale + 0.1f * scale * random.NextSingle())];
        uint[] kinds = [.. features.Select(x => x[0] > 0.3f * scale ? 1u : x[1] > 0 ? 2u : 3u)];
        uint[] groups = [.. Enumerable.Range(0, rows).Select(row => (uint)(row / 8) + 1)];
        uint[] grades = [.. labels.Select(label => label > scale ? 3u : label > 0 ? 2u : 1u)];
        float[] counts = [.. labels.Select(label => MathF.Floor(MathF.Exp(label / scale)))];
        if (hasMissing)
            for (int row = 0; row < rows; row += 5) features[row][row % FeatureCount] = float.NaN;
        return new MemoryView()
            .AddVectors("Features", features)
            .Add("Label", labels)
            .Add("IsPositive", [.. labels.Select(label => label > 0)])
            .AddKeys("Kind", kinds, "red", "green", "blue")
            .Add("Count", counts)
            .AddKeys("Group", groups, [.. groups.Distinct().Select(group => $"g{group}")])
            .AddKeys("Grade", grades, "bad", "fair", "good");
    }
}

/// <summary>An estimator of what is known already.</summary>
internal sealed class Fixed(ITransformer model) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input) => model;

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
}
