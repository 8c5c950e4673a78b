using System.Buffers.Binary;
using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>
/// Reads pictures and labels from IDX files, as MNIST and its like come (yann.lecun.com/exdb/mnist): a head of two zero bytes, the type of the
/// numbers (8: bytes), how many dimensions there are, and their sizes in big-endian order; then the bytes. Files may be compressed with gzip.
/// </summary>
internal static class IdxImages
{
    private const string ImagesMark = "images", LabelsMark = "labels";

    /// <summary>Whether a name is that of an IDX file of pictures, such as <c>train-images-idx3-ubyte.gz</c>.</summary>
    internal static bool IsNamedSo(string path)
    {
        string name = Path.GetFileName(path);
        return name.Contains("idx3-ubyte", StringComparison.OrdinalIgnoreCase) && name.Contains(ImagesMark, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a file of pictures and the file of labels that is called like it.</summary>
    internal static LabelledImages Read(string imagesPath, ImageLimits limits)
    {
        string labelsPath = LabelsOf(imagesPath);
        byte[] images = Numbers(imagesPath, 3, limits, out int[] sizes), labels = Numbers(labelsPath, 1, limits, out int[] count);
        if (sizes[0] != count[0])
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{imagesPath} has {sizes[0]} pictures, {labelsPath} has {count[0]} labels; expected as many."));
        (int height, int width, int size) = (sizes[1], sizes[2], sizes[1] * sizes[2]);
        string file = Path.GetFileName(imagesPath);
        var all = new LabelledImage[sizes[0]];
        for (int i = 0; i < all.Length; i++)
            all[i] = new PixelImage(string.Create(CultureInfo.InvariantCulture, $"{file}#{i}"), labels[i].ToString(CultureInfo.InvariantCulture), images.AsMemory(i * size, size), width, height);
        return new LabelledImages(imagesPath, all);
    }

    private static string LabelsOf(string imagesPath)
    {
        string name = Path.GetFileName(imagesPath);
        string plain = name.Replace(ImagesMark, LabelsMark, StringComparison.OrdinalIgnoreCase).Replace("idx3", "idx1", StringComparison.OrdinalIgnoreCase);
        if (plain.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) plain = plain[..^3];
        string[] candidates = [.. new[] { plain, plain + ".gz" }.Select(candidate => Path.Combine(Path.GetDirectoryName(imagesPath)!, candidate))];
        return Array.Find(candidates, File.Exists) ?? throw new MLPipelinesException($"{imagesPath} has no labels beside it: expected {candidates[0]} or {Path.GetFileName(candidates[1])}.");
    }

    private static byte[] Numbers(string path, int dimensions, ImageLimits limits, out int[] sizes)
    {
        try
        {
            using Stream stream = GzipFiles.OpenDecompressed(File.OpenRead(path));
            byte[] head = new byte[4 + 4 * dimensions];
            int found = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (found < head.Length || head[0] != 0 || head[1] != 0 || head[2] != 8 || head[3] != dimensions)
                throw new MLPipelinesException($"{path} starts with {Convert.ToHexString(head.AsSpan(0, Math.Min(4, found)))}, expected 00000{8:X}0{dimensions:X}: bytes in {dimensions} dimension{(dimensions == 1 ? "" : "s")}.");
            sizes = new int[dimensions];
            long length = 1;
            for (int i = 0; i < dimensions; i++)
            {
                sizes[i] = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4 + 4 * i));
                length = sizes[i] <= 0 || length > Array.MaxLength / sizes[i] ? -1 : length * sizes[i];
                if (length < 0) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{path} claims the sizes {string.Join(" by ", sizes)}, expected at least 1 each and at most {Array.MaxLength} bytes together."));
            }
            if (dimensions == 3) limits.Check(Path.GetFileName(path), sizes[2], sizes[1]);
            return Content(stream, path, (int)length);
        }
        catch (InvalidDataException e)
        {
            throw new MLPipelinesException($"{path} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Reads as much as the head claims, and takes memory as it comes: a head can claim anything.</summary>
    private static byte[] Content(Stream stream, string path, int length)
    {
        byte[] content = new byte[Math.Min(length, 1 << 20)];
        for (int count = 0; ;)
        {
            int read = stream.Read(content.AsSpan(count));
            if (read == 0) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{path} ends after {count} of {length} bytes. The file is truncated."));
            count += read;
            if (count == length) return content;
            if (count == content.Length) Array.Resize(ref content, (int)Math.Min(length, 2L * count));
        }
    }
}
