using System.Runtime.CompilerServices;

namespace MLPipelines.Trainers;

/// <summary>
/// How far apart the features of a feature-major weight matrix are. The weights of one feature for all classes lie side by
/// side, padded with zeros so that vectors fit: to a multiple of 16 for more than 8 classes.
/// </summary>
internal static class ClassStride
{
    internal static int For(int classCount) => classCount switch
    {
        1 => 1,
        <= 4 => 4,
        <= 8 => 8,
        _ => checked((classCount + 15) / 16 * 16),
    };

    /// <summary>A feature-major matrix of weights that lie class after class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float[] FromClassMajor(ReadOnlySpan<float> weights, int classCount, int featureCount)
    {
        // So many features of one class are one line of the cache.
        const int line = 16;
        int stride = For(classCount);
        float[] transposed = new float[checked(stride * featureCount)];
        for (int start = 0; start < featureCount; start += line)
        {
            int count = Math.Min(line, featureCount - start);
            for (int k = 0; k < classCount; k++)
            {
                ReadOnlySpan<float> own = weights.Slice((k * featureCount) + start, count);
                for (int j = 0; j < own.Length; j++) transposed[((start + j) * stride) + k] = own[j];
            }
        }
        return transposed;
    }
}
