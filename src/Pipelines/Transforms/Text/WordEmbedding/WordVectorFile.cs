using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Reads word vectors from text: a word and its numbers per line, between spaces or tabs, as GloVe, word2vec and fastText write them. A
/// first line with the number of words and of numbers is known as such. Lines that are not of this kind, or have
/// another number of numbers than the first that is, are left out. A word may have spaces in it.
/// </summary>
internal static class WordVectorFile
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MLPipelinesException">The file has no word vectors, is binary, or is a damaged gzip file.</exception>
    internal static WordVectors Read(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"The file of word vectors '{path}' was not found (looked for at '{Path.GetFullPath(path)}').", path);
        try
        {
            using var reader = new StreamReader(GzipFiles.OpenDecompressed(File.OpenRead(path)));
            return Read(reader, path, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new MLPipelinesException($"{path} is a damaged gzip file: {e.Message}", e);
        }
    }

    private static WordVectors Read(StreamReader reader, string path, CancellationToken cancellation)
    {
        WordVectors? vectors = null;
        float[] numbers = [];
        long line = 0;
        while (reader.ReadLine() is { } text)
        {
            if ((line++ & 0x3FF) == 0) cancellation.ThrowIfCancellationRequested();
            if (text.Contains('\0', StringComparison.Ordinal))
                throw new MLPipelinesException($"{path} line {line}: found binary data, expected text: a word and its numbers per line. The binary form of word2vec is not read; save the vectors as text.");
            ReadOnlySpan<char> entry = text.AsSpan().TrimEnd();
            if (vectors is null)
            {
                int count = line == 1 && DimensionInHeader(entry) is { } stated ? stated : entry.Count(' ') + entry.Count('\t');
                if (count == 0) continue;
                if (numbers.Length != count) numbers = new float[count];
                if (line == 1 && DimensionInHeader(entry) is not null)
                {
                    vectors = new WordVectors(count);
                    continue;
                }
            }
            if (!TryParse(entry, numbers, out ReadOnlySpan<char> word)) continue;
            vectors ??= new WordVectors(numbers.Length);
            vectors.Add(word, numbers);
        }
        return vectors is { Count: > 0 } ? vectors
            : throw new MLPipelinesException($"{path} has no word vectors: of {line} lines none is a word and {(numbers.Length == 0 ? "" : numbers.Length + " ")}numbers, such as \"great 1.0 -2.0 0.5\".");
    }

    /// <summary>The second number of a line of two whole numbers.</summary>
    private static int? DimensionInHeader(ReadOnlySpan<char> line)
    {
        int space = line.IndexOfAny(' ', '\t');
        return space > 0 && long.TryParse(line[..space], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && int.TryParse(line[(space + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int dimension) && dimension > 0 ? dimension : null;
    }

    /// <summary>Takes the numbers from the end of the line; what is before them is the word.</summary>
    private static bool TryParse(ReadOnlySpan<char> line, Span<float> numbers, out ReadOnlySpan<char> word)
    {
        word = line;
        for (int i = numbers.Length - 1; i >= 0; i--)
        {
            int space = word.LastIndexOfAny(' ', '\t');
            if (space < 1 || !float.TryParse(word[(space + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i])) return false;
            word = word[..space];
        }
        return true;
    }
}
