using System.Globalization;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Pictures with their classes. Pictures stand in the order of their classes and names, or as their table or IDX file has them.</summary>
public sealed class LabelledImages
{
    internal LabelledImages(string source, IReadOnlyList<LabelledImage> images, IReadOnlyList<string>? classes = null)
    {
        (Source, Images) = (source, images);
        Classes = classes ?? InOrder(images.Select(image => image.Label).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Where they come from, for messages.</summary>
    public string Source { get; }

    /// <summary>The names of the classes in their order: numbers by size, other names by code points.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<LabelledImage> Images { get; }

    /// <summary>How many pictures each class has, in the order of <see cref="Classes"/>.</summary>
    public IReadOnlyList<int> Counts
    {
        get
        {
            Dictionary<string, int> counts = Images.CountBy(image => image.Label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            return [.. Classes.Select(name => counts.GetValueOrDefault(name))];
        }
    }

    /// <summary>
    /// Holds back a share of the pictures of each class, drawn at random. A class of at least two pictures has one on each side; a single one stays.
    /// </summary>
    /// <param name="heldBack">The share, above 0 and below 1.</param>
    /// <param name="seed">Fixes the draw.</param>
    public (LabelledImages Train, LabelledImages Test) Split(double heldBack, int seed)
    {
        if (heldBack is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(heldBack), heldBack, "Expected a share above 0 and below 1.");
        var random = new Random(seed);
        bool[] isHeldBack = new bool[Images.Count];
        var places = Enumerable.Range(0, Images.Count).ToLookup(i => Images[i].Label, StringComparer.Ordinal);
        foreach (string name in Classes)
        {
            int[] drawn = [.. places[name]];
            random.Shuffle(drawn);
            int count = drawn.Length < 2 ? 0 : Math.Clamp((int)Math.Round(heldBack * drawn.Length), 1, drawn.Length - 1);
            foreach (int place in drawn.AsSpan(0, count)) isHeldBack[place] = true;
        }
        return (Where(held: false), Where(held: true));

        LabelledImages Where(bool held) => new(Source, [.. Images.Where((_, i) => isHeldBack[i] == held)], Classes);
    }

    private static string[] InOrder(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return Array.TrueForAll(all, name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? [.. all.OrderBy(name => int.Parse(name, CultureInfo.InvariantCulture)).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. all.Order(StringComparer.Ordinal)];
    }
}
