using System.Globalization;
using System.IO.Compression;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Recommendation.MatrixFactorization;

/// <summary>The ratings of MovieLens-100k; users and items count from 0.</summary>
internal static class MovieLens
{
    internal static IEnumerable<(int Row, int Column, float Value)> Read(string name)
    {
        using Stream file = File.OpenRead(Datasets.PathOf("recommendation/ml-100k/" + name));
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            int[] parts = [.. line.Split('\t').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
            yield return (parts[0] - 1, parts[1] - 1, parts[2]);
        }
    }
}
