using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// The sum of the weights after each example, each sum weighed by a gain, at the cost of what an example changes. With gains g and
/// weights s v of a factor s, an addition δ to v at time t adds δ (G_T − G_t) to the sum up to time T, where G is the sum of g s
/// before: the sum is G v less the sum of all δ G_t.
/// </summary>
internal sealed class RunningAverage(ScaledWeights weights)
{
    private readonly double[] _late = new double[weights.Values.Length];
    private readonly double[] _total = new double[weights.Values.Length];
    private double _gains;
    private double _biasTotal;
    private double _count;

    /// <summary>Told of an addition to the weights, before it counts.</summary>
    internal void OnAdd(RowVector<float> features, double step)
    {
        double scaled = (float)(step / weights.Scale) * _gains;
        if (scaled == 0) return;
        ReadOnlySpan<float> items = features.Values;
        for (int i = 0; i < items.Length; i++) _late[features.IsDense ? i : features.Indices[i]] += items[i] * scaled;
    }

    /// <summary>Counts the weights as they are now.</summary>
    internal void Count(double bias, double gain)
    {
        _gains += gain * weights.Scale;
        _biasTotal += gain * bias;
        _count += gain;
    }

    /// <summary>Makes what was counted independent of later changes, of the factor too.</summary>
    internal void Settle()
    {
        for (int i = 0; i < _total.Length; i++)
        {
            _total[i] += _gains * weights.Values[i] - _late[i];
            _late[i] = 0;
        }
        _gains = 0;
        weights.Settle();
    }

    /// <summary>Counts all that was counted so far less, so that growing gains do not overflow.</summary>
    internal void Fade(double factor)
    {
        Settle();
        for (int i = 0; i < _total.Length; i++) _total[i] *= factor;
        _biasTotal *= factor;
        _count *= factor;
    }

    /// <summary>The average so far, of the weights and of the bias.</summary>
    internal LinearStart Average()
    {
        Settle();
        return new LinearStart(Array.ConvertAll(_total, sum => (float)(sum / _count)), (float)(_biasTotal / _count));
    }
}
