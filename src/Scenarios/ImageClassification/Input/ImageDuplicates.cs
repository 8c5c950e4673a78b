using System.Buffers.Binary;
using System.Security.Cryptography;
using MLPipelines.Transforms;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>A picture that is in two places.</summary>
/// <param name="First">The first place; in the set to learn from where there are two sets.</param>
/// <param name="Second">The other one.</param>
public sealed record DuplicateImage(LabelledImage First, LabelledImage Second)
{
    /// <summary>Whether the two places disagree about its class.</summary>
    public bool LabelsDiffer => First.Label != Second.Label;
}

/// <summary>
/// Notices pictures that occur twice, byte for byte: a test with pictures that were learned from says too much good, and one picture in two
/// classes can only be half right.
/// </summary>
public static class ImageDuplicates
{
    /// <summary>The pictures to test with that are among those to learn from.</summary>
    public static IReadOnlyList<DuplicateImage> Across(LabelledImages train, LabelledImages test, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        UInt128[] prints = Fingerprints(train, cancellation);
        Dictionary<UInt128, LabelledImage> known = [];
        for (int i = 0; i < prints.Length; i++) known.TryAdd(prints[i], train.Images[i]);
        UInt128[] others = Fingerprints(test, cancellation);
        List<DuplicateImage> found = [];
        for (int i = 0; i < others.Length; i++)
            if (others[i] != 0 && known.TryGetValue(others[i], out LabelledImage? first)) found.Add(new DuplicateImage(first, test.Images[i]));
        return found;
    }

    /// <summary>The pictures of a set that stood in it before.</summary>
    public static IReadOnlyList<DuplicateImage> Within(LabelledImages images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        UInt128[] prints = Fingerprints(images, cancellation);
        Dictionary<UInt128, LabelledImage> known = [];
        List<DuplicateImage> found = [];
        for (int i = 0; i < prints.Length; i++)
            if (prints[i] != 0 && !known.TryAdd(prints[i], images.Images[i])) found.Add(new DuplicateImage(known[prints[i]], images.Images[i]));
        return found;
    }

    /// <summary>Half of the SHA-256 of each picture's content; 0 for one that cannot be read.</summary>
    private static UInt128[] Fingerprints(LabelledImages images, CancellationToken cancellation)
    {
        var prints = new UInt128[images.Images.Count];
        ParallelRows.Run(prints.Length, i =>
        {
            try
            {
                prints[i] = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(images.Images[i].Content()));
            }
            catch (MLPipelinesException)
            {
                // Reading the pictures says what is wrong with it.
            }
        }, cancellation);
        return prints;
    }
}
