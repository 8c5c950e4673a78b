using System.Globalization;

namespace MLPipelines.Transforms.Text;

/// <summary>Which n-grams of a sequence count: their lengths, the gaps allowed in them, and how many are kept.</summary>
internal sealed record NgramShape
{
    /// <summary>An n-gram and its gaps span at most this many items.</summary>
    internal const int MaximumSpan = 10;

    private NgramShape(int ngramLength, int skipLength, bool useAllLengths, int[] limits) =>
        (NgramLength, SkipLength, UseAllLengths, Limits) = (ngramLength, skipLength, useAllLengths, limits);

    internal int NgramLength { get; }

    /// <summary>How many items may be left out within an n-gram, altogether.</summary>
    internal int SkipLength { get; }

    /// <summary>Whether shorter n-grams count too.</summary>
    internal bool UseAllLengths { get; }

    /// <summary>The most n-grams to keep of each length, from 1 to <see cref="NgramLength"/>.</summary>
    internal int[] Limits { get; }

    /// <param name="ngramLength">The length of the longest n-grams, from 1 to 10.</param>
    /// <param name="skipLength">The most items to leave out within an n-gram.</param>
    /// <param name="useAllLengths">Whether shorter n-grams count too.</param>
    /// <param name="maximumCounts">The most n-grams to keep of length 1, 2, …; the last one holds for the longer ones.</param>
    internal static NgramShape Create(int ngramLength, int skipLength, bool useAllLengths, params int[]? maximumCounts)
    {
        if (ngramLength is < 1 or > MaximumSpan)
            throw new ArgumentOutOfRangeException(nameof(ngramLength), ngramLength, $"The length of n-grams is from 1 to {MaximumSpan}.");
        ArgumentOutOfRangeException.ThrowIfNegative(skipLength);
        if (ngramLength == 1 && skipLength != 0)
            throw new ArgumentException(Text($"Single items have no gaps: skipLength is {skipLength} where ngramLength is 1; expected 0."), nameof(skipLength));
        if (ngramLength + skipLength > MaximumSpan)
            throw new ArgumentException(Text($"ngramLength and skipLength add up to {ngramLength + skipLength}; expected at most {MaximumSpan}."), nameof(skipLength));
        int[] counts = maximumCounts is { Length: > 0 } ? maximumCounts : [NgramExtractingEstimator.Defaults.MaximumNgramsCount];
        bool fits = useAllLengths ? counts.Length <= ngramLength && counts.All(c => c >= 0) && counts[^1] > 0 : counts.Length == 1 && counts[0] > 0;
        if (!fits)
        {
            throw new ArgumentException(Text($"Found the n-gram limits [{string.Join(", ", counts)}]; expected ")
                + (useAllLengths ? "one per length at most, none negative, the last one positive." : "one positive limit, as n-grams of one length only are kept."), nameof(maximumCounts));
        }
        int[] limits = new int[ngramLength];
        for (int i = 0; i < ngramLength; i++)
            limits[i] = !useAllLengths && i + 1 < ngramLength ? 0 : counts[useAllLengths ? Math.Min(i, counts.Length - 1) : 0];
        return new NgramShape(ngramLength, skipLength, useAllLengths, limits);
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("ngramLength", NgramLength);
        writer.Set("skipLength", SkipLength);
        writer.Set("useAllLengths", UseAllLengths);
    }

    internal static NgramShape Load(ModelStepReader reader)
    {
        try
        {
            return Create(reader.GetInt32("ngramLength"), reader.GetInt32("skipLength"), reader.GetBoolean("useAllLengths"));
        }
        catch (ArgumentException e)
        {
            throw reader.Invalid(e.Message);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
