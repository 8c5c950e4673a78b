using System.Globalization;
using System.IO.Compression;

namespace MLPipelines.Programs.Recommendation;

/// <summary>A line of MovieLens-100k.</summary>
internal readonly record struct MovieLensRating(string User, string Item, float Value);

/// <summary>Reads its lines of user, item, rating and time; a file may be packed by gzip.</summary>
internal static class MovieLensRatings
{
    internal static IEnumerable<MovieLensRating> Read(string file)
    {
        using Stream stream = File.Exists(file) ? File.OpenRead(file) : new GZipStream(File.OpenRead(file + ".gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split('\t');
            yield return new MovieLensRating(parts[0], parts[1], float.Parse(parts[2], CultureInfo.InvariantCulture));
        }
    }
}
