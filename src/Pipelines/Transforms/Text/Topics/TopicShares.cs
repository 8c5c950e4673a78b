using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// The loops over topics. Their number is rounded up to whole vectors; the topics that this adds have the share 0. Vectors are of one length
/// everywhere, and sums of one order, so that every processor learns the same topics.
/// </summary>
internal static class TopicShares
{
    private const int Lanes = 8;

    /// <summary>The length of an array with an entry per topic.</summary>
    internal static int Stride(int topicCount) => (topicCount + Lanes - 1) / Lanes * Lanes;

    /// <summary>Draws a topic for a token: topic k with a probability in proportion to ((document + α) (term + β) · inverse total) to the power of some eighths.</summary>
    /// <param name="document">How many tokens of each topic the document has, without this one.</param>
    /// <param name="term">How many tokens of each topic the term has, without this one.</param>
    /// <param name="inverse">1 / (tokens of the topic + β · terms); 0 for topics that are not there.</param>
    /// <param name="alpha">The pseudo-tokens of a topic in a document.</param>
    /// <param name="beta">The pseudo-tokens of a term in a topic.</param>
    /// <param name="eighths">The power, from 4 to 8 eighths: the lower, the more alike are the topics.</param>
    /// <param name="work">Room for twice the stride.</param>
    /// <param name="uniform">A random number from 0 to just below 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Draw(ReadOnlySpan<float> document, ReadOnlySpan<float> term, ReadOnlySpan<float> inverse, float alpha, float beta, int eighths, Span<float> work, float uniform)
    {
        int stride = inverse.Length;
        Span<float> shares = work[..stride], sums = work[stride..];
        ref float d = ref MemoryMarshal.GetReference(document), t = ref MemoryMarshal.GetReference(term), v = ref MemoryMarshal.GetReference(inverse);
        ref float s = ref MemoryMarshal.GetReference(shares);
        if (document.Length < stride || term.Length < stride) throw new ArgumentException("All counts have one length.", nameof(term));
        Vector256<float> alphas = Vector256.Create(alpha), betas = Vector256.Create(beta);
        float total = 0;
        for (nuint i = 0; i < (nuint)stride; i += Lanes)
        {
            Vector256<float> share = (Vector256.LoadUnsafe(ref d, i) + alphas) * (Vector256.LoadUnsafe(ref t, i) + betas) * Vector256.LoadUnsafe(ref v, i);
            if (eighths < 8) share = Power(share, eighths);
            share.StoreUnsafe(ref s, i);
            total += Vector256.Sum(share);
            sums[(int)(i / Lanes)] = total;
        }
        float target = uniform * total;
        int block = 0, last = stride / Lanes - 1;
        while (block < last && sums[block] <= target) block++;
        float rest = target - (block == 0 ? 0 : sums[block - 1]);
        int topic = block * Lanes, end = topic + Lanes - 1;
        for (; topic < end; topic++)
        {
            rest -= shares[topic];
            if (rest < 0) return topic;
        }
        // Rounding can leave a rest: it belongs to the last topic that has a share.
        while (topic > 0 && shares[topic] == 0) topic--;
        return topic;
    }

    /// <summary>The power of 4 to 7 eighths, out of square roots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Power(Vector256<float> value, int eighths)
    {
        Vector256<float> result = Vector256.Sqrt(value);
        if (eighths == 4) return result;
        Vector256<float> fourth = Vector256.Sqrt(result);
        if ((eighths & 2) != 0) result *= fourth;
        return (eighths & 1) != 0 ? result * Vector256.Sqrt(fourth) : result;
    }

    /// <summary>The sum over topics of (document + α) (term + β) · inverse total.</summary>
    internal static float Sum(ReadOnlySpan<float> document, ReadOnlySpan<float> term, ReadOnlySpan<float> inverse, float alpha, float beta)
    {
        Vector256<float> alphas = Vector256.Create(alpha), betas = Vector256.Create(beta), sum = default;
        for (int i = 0; i < inverse.Length; i += Lanes)
            sum += (Vector256.Create(document[i..]) + alphas) * (Vector256.Create(term[i..]) + betas) * Vector256.Create(inverse[i..]);
        return Vector256.Sum(sum);
    }

    /// <summary>
    /// Shares the tokens of one term of a document out among the topics anew, in proportion to (document − old share of one token + α) · likelihood, and takes that
    /// over into the document.
    /// </summary>
    /// <param name="document">How many tokens of each topic the document has: sums of shares.</param>
    /// <param name="share">The share of each topic in a token of the term; it is replaced.</param>
    /// <param name="likelihood">The probability of the term in each topic.</param>
    /// <param name="alpha">The pseudo-tokens of a topic in a document.</param>
    /// <param name="count">How many tokens of the term the document has.</param>
    internal static void Update(Span<float> document, Span<float> share, ReadOnlySpan<float> likelihood, float alpha, float count)
    {
        Vector256<float> alphas = Vector256.Create(alpha), counts = Vector256.Create(count), sum = default;
        for (int i = 0; i < document.Length; i += Lanes)
        {
            // Rounding can make the others a little less than nothing.
            Vector256<float> others = Vector256.Max(Vector256.Create<float>(document[i..]) - Vector256.Create<float>(share[i..]), Vector256<float>.Zero);
            Vector256<float> weight = (others + alphas) * Vector256.Create(likelihood[i..]);
            sum += weight;
            // The old share leaves before the new one is known.
            (Vector256.Create<float>(document[i..]) - counts * Vector256.Create<float>(share[i..])).CopyTo(document[i..]);
            weight.CopyTo(share[i..]);
        }
        Vector256<float> scale = Vector256.Create(1 / Vector256.Sum(sum));
        for (int i = 0; i < document.Length; i += Lanes)
        {
            Vector256<float> shares = Vector256.Create<float>(share[i..]) * scale;
            shares.CopyTo(share[i..]);
            (Vector256.Create<float>(document[i..]) + counts * shares).CopyTo(document[i..]);
        }
    }
}
