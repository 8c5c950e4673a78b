namespace MLPipelines.Transforms.Text;

/// <summary>Finds the n-grams of a map in sequences: at once by all their keys where they have one length, else by walking. Safe for many threads.</summary>
internal sealed class NgramFinder(NgramMap map, NgramShape shape)
{
    private readonly Lazy<FixedNgrams?> _fixed = new(() => FixedNgrams.OfOrNull(map, shape));

    /// <summary>Lists the identifiers of the n-grams of a sequence, one per occurrence.</summary>
    internal void Find(ReadOnlySpan<uint> keys, FeatureList found)
    {
        if (_fixed.Value is { } fixedLength)
        {
            fixedLength.Find(keys, found);
            return;
        }
        var step = new FindNgrams(map, found);
        NgramWalk.Run(keys, shape, ref step);
    }
}
