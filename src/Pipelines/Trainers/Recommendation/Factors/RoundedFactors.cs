using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Recommendation;

/// <summary>
/// The vectors of items, each rounded to whole numbers from −127 to 127 times a scale of its own: a quarter of the memory that exact scores read, which is what large
/// catalogues wait for. How far the score of rounded vectors can be off is known, so that the best items are found without exact scores of the others.
/// </summary>
internal sealed class RoundedFactors
{
    private readonly int _rank;
    private readonly sbyte[] _numbers;
    private readonly float[] _scales;
    private readonly float _off;
    private readonly float _norm;

    /// <param name="vectors">The vectors (count, rank).</param>
    /// <param name="rank">A multiple of 64.</param>
    internal RoundedFactors(float[] vectors, int rank)
    {
        int count = vectors.Length / rank;
        (_rank, _numbers, _scales) = (rank, new sbyte[vectors.Length], new float[count]);
        float[] offs = new float[count], norms = new float[count];
        Parallel.For(0, (count + 1023) / 1024, run =>
        {
            for (int row = run * 1024; row < Math.Min((run + 1) * 1024, count); row++) (offs[row], norms[row]) = Round(vectors.AsSpan(row * rank, rank), row);
        });
        (_off, _norm) = (TensorPrimitives.Max<float>(offs), TensorPrimitives.Max<float>(norms));
    }

    internal static bool Serves(int count, int rank) => Avx512BW.IsSupported && rank % 64 == 0 && count >= 50_000;

    /// <summary>Scores by rounded vectors.</summary>
    /// <returns>How much a score can be off at most.</returns>
    internal float Multiply(ReadOnlySpan<float> vector, Span<float> scores)
    {
        short[] rounded = new short[_rank];
        float scale = RoundUser(vector, rounded, out float off);
        ref sbyte numbers = ref MemoryMarshal.GetArrayDataReference(_numbers);
        ref short user = ref MemoryMarshal.GetArrayDataReference(rounded);
        for (int row = 0; row < scores.Length; row++)
        {
            ref sbyte first = ref Unsafe.Add(ref numbers, (nint)row * _rank);
            Vector512<int> sum = default;
            for (nuint i = 0; i < (nuint)_rank; i += 32)
                sum += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref first, i)), Vector512.LoadUnsafe(ref user, i));
            scores[row] = scale * _scales[row] * Vector512.Sum(sum);
        }
        // |x·y − x'·y'| ≤ |x| |y − y'| + |x − x'| |y'|, and a little for the rounding of floats.
        float norm = TensorPrimitives.Norm(vector);
        return (1.0001f * ((norm * _off) + (off * _norm))) + (1e-5f * norm * _norm);
    }

    /// <returns>How far the rounded vector is off, and its norm.</returns>
    private (float Off, float Norm) Round(ReadOnlySpan<float> vector, int row)
    {
        float scale = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude(vector)), 1e-30f) / 127;
        double off = 0, square = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            float number = MathF.Round(vector[i] / scale);
            _numbers[(row * _rank) + i] = (sbyte)number;
            double difference = vector[i] - ((double)number * scale);
            off += difference * difference;
            square += (double)number * scale * number * scale;
        }
        _scales[row] = scale;
        return ((float)Math.Sqrt(off), (float)Math.Sqrt(square));
    }

    /// <summary>The user's vector by numbers up to 4,095, fine enough that what it is off hardly counts, and small enough that sums of 32,768 products fit 32 bits.</summary>
    private static float RoundUser(ReadOnlySpan<float> vector, Span<short> rounded, out float off)
    {
        float scale = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude(vector)), 1e-30f) / 4095;
        double sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            rounded[i] = (short)MathF.Round(vector[i] / scale);
            double difference = vector[i] - ((double)rounded[i] * scale);
            sum += difference * difference;
        }
        off = (float)Math.Sqrt(sum);
        return scale;
    }
}
