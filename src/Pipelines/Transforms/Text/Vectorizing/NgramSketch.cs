using System.Numerics;
using System.Runtime.CompilerServices;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// An upper bound on how often each n-gram occurs, in a byte per hash value: most n-grams occur once, and are left out of the exact
/// count by it. (A count-min sketch of one row; Cormode and Muthukrishnan, 2005.)
/// </summary>
internal sealed class NgramSketch
{
    private const int LargestBits = 23;

    private readonly byte[] _bounds;
    private readonly int _shift;
    private readonly int _minimum;

    private NgramSketch(int bits, int minimum)
    {
        (_bounds, _shift, _minimum) = (new byte[1 << bits], 64 - bits, minimum);
    }

    /// <summary>Goes over all texts once; <see langword="null"/> when there is nothing to gain.</summary>
    internal static NgramSketch? Of(TextColumn texts, NgramView[] views, int minimumDocumentCount, ParallelOptions parallel)
    {
        if (minimumDocumentCount is < 2 or > byte.MaxValue || texts.RowCount < 2) return null;
        // A few bytes per n-gram, so that few share one: there are as many n-grams of each length as characters.
        long ngrams = views.Sum(view => (long)(view.MaximumLength - view.MinimumLength + 1)) * texts.CharacterCount;
        int bits = Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, ngrams)) + 2, 12, LargestBits);
        NgramSketch? all = null;
        var gate = new Lock();
        const int block = 512;
        Parallel.For(0, (texts.RowCount + block - 1) / block, parallel, () => new NgramSketch(bits, minimumDocumentCount), (i, _, sketch) =>
        {
            sketch.Add(texts, i * block, Math.Min((i + 1) * block, texts.RowCount), views);
            return sketch;
        }, sketch =>
        {
            lock (gate)
            {
                if (all is null) all = sketch;
                else all.Add(sketch);
            }
        });
        return all;
    }

    /// <summary>Whether an n-gram may occur often enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool MayKeep(ulong hash) => _bounds[(int)((hash * 0x94D049BB133111EB) >> _shift)] >= _minimum;

    private void Add(NgramSketch other)
    {
        for (int i = 0; i < _bounds.Length; i++) _bounds[i] = (byte)Math.Min(_bounds[i] + other._bounds[i], byte.MaxValue);
    }

    private void Add(TextColumn texts, int first, int end, NgramView[] views)
    {
        char[] buffer = [];
        var sink = new Sink { Bounds = _bounds, Shift = _shift };
        for (int row = first; row < end; row++)
        {
            ReadOnlySpan<char> folded = NgramFolding.Fold(texts[row], ref buffer);
            NgramExtractor.Extract(folded, views, ref sink);
        }
    }

    private ref struct Sink : INgramSink
    {
        public Span<byte> Bounds;
        public int Shift;

        public readonly void Add(ulong hash, int start, int end)
        {
            ref byte bound = ref Bounds[(int)((hash * 0x94D049BB133111EB) >> Shift)];
            if (bound < byte.MaxValue) bound++;
        }
    }
}
