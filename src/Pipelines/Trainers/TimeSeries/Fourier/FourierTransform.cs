using System.Numerics;

namespace MLPipelines.TimeSeries;

/// <summary>
/// The discrete Fourier transform of sequences of one length: X(k) = Σ x(j) exp(−2πi jk / n). It takes n log n steps for every length, and
/// allocates nothing once it is made. It serves one thread.
/// </summary>
internal sealed class FourierTransform
{
    private readonly int _length;
    private readonly Complex[] _roots;

    // Lengths that are no powers of two become a convolution with a chirp (Bluestein 1970), in which powers of two suffice.
    private readonly Complex[] _chirp = [];
    private readonly Complex[] _filter = [];
    private readonly Complex[] _room = [];

    /// <param name="length">n, at least 1.</param>
    internal FourierTransform(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        _length = length;
        int size = BitOperations.IsPow2(length) ? length : (int)BitOperations.RoundUpToPowerOf2((uint)(2 * length - 1));
        _roots = new Complex[size / 2];
        for (int i = 0; i < _roots.Length; i++) _roots[i] = Root(i, size);
        if (size == length) return;
        _chirp = new Complex[length];
        _filter = new Complex[size];
        _room = new Complex[size];
        for (long i = 0; i < length; i++)
        {
            _chirp[i] = Root(i * i % (2L * length), 2L * length);
            _filter[i] = _filter[i == 0 ? 0 : size - i] = Complex.Conjugate(_chirp[i]) / size;
        }
        TransformPowerOfTwo(_filter);
    }

    /// <summary>Transforms in place.</summary>
    /// <param name="values">n numbers.</param>
    internal void Forward(Span<Complex> values)
    {
        if (values.Length != _length) throw new ArgumentException($"There are {values.Length} values; expected {_length}.", nameof(values));
        if (_chirp.Length == 0)
        {
            TransformPowerOfTwo(values);
            return;
        }
        for (int i = 0; i < _length; i++) _room[i] = values[i] * _chirp[i];
        Array.Clear(_room, _length, _room.Length - _length);
        TransformPowerOfTwo(_room);
        // Conjugated on the way in and out, the transform is its own inverse.
        for (int i = 0; i < _room.Length; i++) _room[i] = Complex.Conjugate(_room[i] * _filter[i]);
        TransformPowerOfTwo(_room);
        for (int i = 0; i < _length; i++) values[i] = Complex.Conjugate(_room[i]) * _chirp[i];
    }

    /// <summary>Undoes <see cref="Forward"/>, in place.</summary>
    internal void Backward(Span<Complex> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = Complex.Conjugate(values[i]);
        Forward(values);
        for (int i = 0; i < values.Length; i++) values[i] = Complex.Conjugate(values[i]) / _length;
    }

    // Cooley and Tukey 1965, as many values as twice the roots or one.
    private void TransformPowerOfTwo(Span<Complex> values)
    {
        for (int i = 1, reversed = 0; i < values.Length; i++)
        {
            int bit = values.Length >> 1;
            for (; (reversed & bit) != 0; bit >>= 1) reversed ^= bit;
            reversed ^= bit;
            if (i < reversed) (values[i], values[reversed]) = (values[reversed], values[i]);
        }
        for (int half = 1, stride = values.Length >> 1; half < values.Length; half *= 2, stride >>= 1)
        {
            for (int start = 0; start < values.Length; start += 2 * half)
            {
                Span<Complex> low = values.Slice(start, half), high = values.Slice(start + half, half);
                for (int i = 0, root = 0; i < low.Length; i++, root += stride)
                {
                    Complex turned = high[i] * _roots[root], kept = low[i];
                    low[i] = kept + turned;
                    high[i] = kept - turned;
                }
            }
        }
    }

    private static Complex Root(long index, long count)
    {
        (double sine, double cosine) = Math.SinCos(-2 * Math.PI * index / count);
        return new(cosine, sine);
    }
}
