using System.Runtime.CompilerServices;
using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Steps that count n-grams of keys. Loops over all n-grams are compiled with full optimization at once: a program that loads one model would never get to it.</summary>
internal static class NgramReaders
{
    /// <summary>
    /// Pairs; of each the length, how many items may be left out, from version 2 on the weighting, and of each length whether n-grams of it are kept; how many n-grams there are, where the bytes of each
    /// end, and the bytes: keys in groups of 7 bits, the lowest first. From version 2 on the weights follow, after their number. Before version 3 the size of a number comes first.
    /// </summary>
    internal static void Ngrams(Component component, Payload payload, ChainBuilder chain)
    {
        if (payload.Version < 0x00010003) payload.SizeOfSingle();
        InputOutputColumnPair[] pairs = payload.Pairs();
        var steps = new Queue<NgramExtractingTransformer>();
        foreach (InputOutputColumnPair pair in pairs)
        {
            int length = payload.Int32(), skips = payload.Int32();
            var weighting = payload.Version >= 0x00010002 ? (NgramExtractingEstimator.WeightingCriteria)payload.Int32() : NgramExtractingEstimator.WeightingCriteria.Tf;
            if (!Enum.IsDefined(weighting)) throw component.Invalid($"weighting {(int)weighting} is not known");
            NgramShape shape = Shape(component, length, skips, () => payload.Bools(length).AsSpan(0, length - 1).Contains(value: true));
            NgramMap map = Map(component, payload, length);
            double[] weights = payload.Version >= 0x00010002 ? payload.Array<double>() : [];
            if (weighting != NgramExtractingEstimator.WeightingCriteria.Tf && weights.Length < map.Count) throw component.Invalid($"{weights.Length} weights for {map.Count} n-grams");
            // Some writers kept the weights of n-grams that they left out, which come last.
            steps.Enqueue(new NgramExtractingTransformer(pair, shape, map, NgramWeights.Of(weighting, weights.Length > map.Count ? weights[..map.Count] : weights)));
        }
        chain.AddEach(component, pairs, _ => steps.Dequeue());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static NgramMap Map(Component component, Payload payload, int longest)
    {
        int count = payload.Int32(0, int.MaxValue - 1, "the number of n-grams");
        int[] ends = payload.Array<int>(count + 1);
        if (ends[0] != 0) throw component.Invalid("the first n-gram does not begin where it should");
        byte[] bytes = payload.Array<byte>(ends[count]);
        // Room for many at once saves moving them; for more than that, they must be there first.
        var map = new NgramMap(Math.Min(count, 1 << 16));
        Span<uint> keys = stackalloc uint[NgramShape.MaximumSpan];
        for (int id = 0; id < count; id++)
        {
            if (ends[id + 1] < ends[id] || ends[id + 1] > bytes.Length) throw component.Invalid($"n-gram {id} is outside of the bytes");
            int length = Keys(component, bytes.AsSpan(ends[id]..ends[id + 1]), keys);
            if (length == 0 || length > longest) throw component.Invalid($"n-gram {id} has {length} items, expected 1 to {longest}");
            Add(component, map, keys[..length], id);
        }
        return map;
    }

    /// <summary>Adds an n-gram and, where they are not there, its beginnings, which then do not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Component component, NgramMap map, ReadOnlySpan<uint> keys, int id)
    {
        int parent = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            int node = map.Find(parent, keys[i]).Node;
            bool isLast = i == keys.Length - 1;
            if (isLast && node != 0) throw component.Invalid($"not supported: n-gram {id} is there a second time, or comes after a longer one that begins with it");
            parent = node != 0 ? node : map.Add(parent, keys[i], asFeature: isLast);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Keys(Component component, ReadOnlySpan<byte> bytes, Span<uint> keys)
    {
        int count = 0, shift = 0;
        uint key = 0;
        foreach (byte part in bytes)
        {
            if (shift > 28 || count == keys.Length) throw component.Invalid("an n-gram has a key that is no number, or too many of them");
            key |= (uint)(part & 0x7F) << shift;
            shift += 7;
            if (part >= 0x80) continue;
            keys[count++] = key;
            (key, shift) = (0, 0);
        }
        return shift == 0 ? count : throw component.Invalid("an n-gram ends within a key");
    }

    /// <summary>
    /// The number of columns; of each the number of inputs and their names, the output, the length, how many items may be left out, the number of bits, the seed, whether single items are hashed, whether the column takes part,
    /// and whether shorter n-grams count. Before version 3 the size of a number comes first, and the names of all columns, output first, before the numbers.
    /// </summary>
    internal static void HashedNgrams(Component component, Payload payload, ChainBuilder chain)
    {
        bool isOld = payload.Version < 0x00010003;
        if (isOld) payload.SizeOfSingle();
        int count = payload.Count(12, least: 1);
        var columns = new (string Output, string[] Inputs)[count];
        for (int i = 0; isOld && i < count; i++)
        {
            string output = payload.Name();
            columns[i] = (output, Names(payload));
        }
        for (int i = 0; i < count; i++)
        {
            if (!isOld)
            {
                string[] inputs = Names(payload);
                columns[i] = (payload.Name(), inputs);
            }
            int length = payload.Int32(), skips = payload.Int32(), bits = payload.Int32(1, 30, "the number of bits");
            uint seed = payload.UInt32();
            bool rehash = payload.Bool(), isOrdered = payload.Bool(), all = payload.Bool();
            var hash = new NgramHash(bits, Shape(component, length, skips, () => all), seed, isOrdered, rehash);
            var step = new NgramHashingTransformer(NgramItems.Keys, columns[i].Output, columns[i].Inputs, hash, HashReader.NamesOrNull(component, i, bits));
            chain.Add(step, columns[i].Inputs, [columns[i].Output]);
        }
    }

    private static string[] Names(Payload payload)
    {
        string[] names = new string[payload.Count(4, least: 1)];
        for (int i = 0; i < names.Length; i++) names[i] = payload.Name();
        return names;
    }

    private static NgramShape Shape(Component component, int length, int skips, Func<bool> useAllLengths)
    {
        if (length is < 1 or > NgramShape.MaximumSpan || skips < 0 || length + skips > NgramShape.MaximumSpan) throw component.Invalid($"n-grams of {length} items with {skips} left out");
        // A single item has no gaps; what a file says of them means nothing then.
        return NgramShape.Create(length, length == 1 ? 0 : skips, useAllLengths());
    }
}
