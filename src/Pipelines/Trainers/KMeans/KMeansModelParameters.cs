using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>The centres of clusters. The scores of a row are its squared distances from them. Immutable.</summary>
public sealed class KMeansModelParameters : IScoringModel
{
    private readonly SquaredDistances _distances;

    /// <param name="centroids">(count, size), row-major.</param>
    /// <param name="count">How many clusters.</param>
    /// <param name="size">How many features.</param>
    internal KMeansModelParameters(ReadOnlySpan<float> centroids, int count, int size) => _distances = new SquaredDistances(centroids, count, size);

    public string TypeId => "k-means";

    public int FeatureCount => _distances.Size;

    /// <summary>The number of clusters.</summary>
    public int ScoreCount => _distances.Count;

    /// <summary>Copies the centres of the clusters.</summary>
    /// <param name="centroids">One vector per cluster; reused where large enough.</param>
    /// <param name="k">The number of clusters.</param>
    public void GetClusterCentroids(ref VBuffer<float>[] centroids, out int k)
    {
        k = ScoreCount;
        if (centroids is null || centroids.Length < k) Array.Resize(ref centroids, k);
        for (int cluster = 0; cluster < k; cluster++)
        {
            var editor = VBufferEditor.Create(ref centroids[cluster], FeatureCount);
            _distances.CopyTo(cluster, editor.Values);
            centroids[cluster] = editor.Commit();
        }
    }

    public void Score(RowVector<float> features, Span<float> scores)
    {
        LinearWeights.CheckLength(features, FeatureCount);
        _distances.Compute(features, scores[..ScoreCount]);
    }

    public void Save(ModelStepWriter writer)
    {
        float[] centroids = new float[ScoreCount * FeatureCount];
        for (int cluster = 0; cluster < ScoreCount; cluster++) _distances.CopyTo(cluster, centroids.AsSpan(cluster * FeatureCount, FeatureCount));
        writer.Set("clusters", ScoreCount);
        writer.WriteArray<float>("centroids", centroids, ScoreCount, FeatureCount);
    }

    internal static KMeansModelParameters Load(ModelStepReader reader)
    {
        int clusters = reader.GetInt32("clusters");
        if (clusters <= 0) throw reader.Invalid($"it has {clusters} clusters, expected at least 1");
        float[] centroids = reader.ReadArray<float>("centroids", clusters, -1);
        return LinearWeights.AreFinite(centroids) ? new(centroids, clusters, centroids.Length / clusters) : throw reader.Invalid("its centroids are not all finite numbers");
    }
}
