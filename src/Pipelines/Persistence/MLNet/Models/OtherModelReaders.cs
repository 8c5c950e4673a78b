using MLPipelines.Trainers;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Models of clusters, of directions, and of counts.</summary>
internal static class OtherModelReaders
{
    /// <summary>The size of a number, the number of clusters, the number of features; of each cluster, from version 2 on, how many numbers are stored, their indices if these are not all, and the numbers.</summary>
    internal static IScoringModel KMeans(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        int clusters = payload.Count(4, least: 1), size = payload.Int32(1, int.MaxValue, "the number of features");
        component.Claim((long)clusters * size - Math.Min((long)clusters * size, payload.Left / sizeof(float)), "clusters");
        float[] centroids = new float[clusters * size];
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            int count = payload.Version >= 0x00010002 ? payload.Int32(0, size, "the number of stored numbers") : size;
            int[] indices = count < size ? payload.Array<int>(count) : [];
            float[] values = payload.Finite(count);
            Span<float> centroid = centroids.AsSpan(cluster * size, size);
            for (int i = 0, previous = -1; i < count; i++)
            {
                int index = count < size ? indices[i] : i;
                if (index <= previous || index >= size) throw component.Invalid("its indices do not rise, or are beyond the features");
                centroid[index] = values[i];
                previous = index;
            }
        }
        return new KMeansModelParameters(centroids, clusters, size);
    }

    /// <summary>The size of a number, the number of features, the number of directions, whether the mean is taken off, the mean if so, and the directions.</summary>
    internal static IScoringModel PrincipalComponents(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        int features = payload.Count(4, least: 1), rank = payload.Int32(1, int.MaxValue, "the number of directions");
        float[] mean = payload.Bool() ? payload.Finite(features) : new float[features];
        return new PcaModelParameters(mean, VectorReaders.Matrix(component, payload, rank, features));
    }

    /// <summary>
    /// The size of a number, how many examples each class has, after the number of classes; the number of features; of each class that has examples, how many of them have each feature; and a number per class that is
    /// computed from these. Before version 2 the counts have four bytes.
    /// </summary>
    internal static IScoringModel NaiveBayes(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        long[] labels = Counts(payload, payload.Int32(1, payload.Left / 4, "the number of classes"));
        int features = payload.Int32(1, int.MaxValue, "the number of features");
        component.Claim((long)labels.Length * features, "counts");
        long[] there = new long[labels.Length * features];
        if (Array.Exists(labels, count => count < 0) || !Array.Exists(labels, count => count > 0)) throw component.Invalid("it has no class with examples, or one with less than none");
        for (int k = 0; k < labels.Length; k++)
        {
            if (labels[k] == 0) continue;
            long[] own = Counts(payload, features);
            if (Array.Exists(own, count => count < 0 || count > labels[k])) throw component.Invalid($"a feature is in more examples of class {k} than there are");
            own.CopyTo(there, k * features);
        }
        return new NaiveBayesMulticlassModelParameters(labels, there, features);
    }

    private static long[] Counts(Payload payload, int count) =>
        payload.Version >= 0x00010002 ? payload.Array<long>(count) : Array.ConvertAll(payload.Array<int>(count), value => (long)value);
}
