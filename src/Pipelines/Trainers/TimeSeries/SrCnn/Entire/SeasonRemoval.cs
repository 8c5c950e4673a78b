namespace MLPipelines.TimeSeries;

/// <summary>Takes a season out of series of one length after another. It serves one thread.</summary>
internal sealed class SeasonRemoval(int period, SrCnnDeseasonalityMode mode)
{
    // The window of ML.NET, and as often as Cleveland et al. call safe.
    private const int SeasonWindow = 9, RobustIterations = 5;

    private Stl? _stl;
    private double[] _seasonal = [];
    private double[] _trend = [];
    private double[] _phase = [];

    /// <summary>Finds what is left of a series.</summary>
    /// <param name="values">At least two periods.</param>
    /// <param name="rest">Receives as many values.</param>
    internal void Remove(ReadOnlySpan<double> values, Span<double> rest)
    {
        if (mode == SrCnnDeseasonalityMode.Stl)
        {
            RemoveByStl(values, rest);
            return;
        }
        Array.Resize(ref _phase, values.Length / period + 1);
        for (int phase = 0; phase < period; phase++)
        {
            int count = 0;
            for (int i = phase; i < values.Length; i += period) _phase[count++] = values[i];
            double usual = Usual(_phase.AsSpan(0, count));
            for (int i = phase; i < values.Length; i += period) rest[i] = values[i] - usual;
        }
    }

    private double Usual(Span<double> values)
    {
        if (mode == SrCnnDeseasonalityMode.Mean) return System.Numerics.Tensors.TensorPrimitives.Sum<double>(values) / values.Length;
        values.Sort();
        return values[values.Length / 2];
    }

    private void RemoveByStl(ReadOnlySpan<double> values, Span<double> rest)
    {
        if (_seasonal.Length != values.Length)
        {
            _stl = new Stl(values.Length, new StlOptions(period) { SeasonWindow = SeasonWindow, RobustIterations = RobustIterations });
            (_seasonal, _trend) = (new double[values.Length], new double[values.Length]);
        }
        _stl!.Decompose(values, _seasonal, _trend, rest);
    }
}
