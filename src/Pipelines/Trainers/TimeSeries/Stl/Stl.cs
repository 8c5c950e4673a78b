namespace MLPipelines.TimeSeries;

/// <summary>
/// Takes series apart into season, trend and remainder by local regression (Cleveland, Cleveland, McRae and Terpenning 1990, "STL").
/// It holds room for series of one length, and serves one thread.
/// </summary>
/// <param name="length">How long the series are; at least two seasons.</param>
/// <param name="options">Season and windows.</param>
internal sealed class Stl(int length, StlOptions options)
{
    private readonly int _season = options.Season;
    private readonly Loess _seasonal = new(options.SeasonWindowFor(length), linear: false);
    private readonly Loess _lowPass = new(options.LowPassWindow, linear: true);
    private readonly Loess _trend = new(options.TrendWindowFor(length), linear: true);

    // The cycles reach one season beyond either end.
    private readonly double[] _cycles = new double[length + 2 * options.Season];
    private readonly double[] _averages = new double[length + 2 * options.Season];
    private readonly double[] _rest = new double[length];
    private readonly double[] _weights = new double[length];
    private readonly double[] _trust = new double[length];
    private readonly double[] _step = new double[length / options.Season + 1];
    private readonly double[] _stepTrust = new double[length / options.Season + 1];
    private readonly double[] _smoothStep = new double[length / options.Season + 1];

    /// <summary>Takes a series apart: its values are the sums of the three.</summary>
    /// <param name="values">Finite numbers, oldest first.</param>
    /// <param name="seasonal">Receives what repeats.</param>
    /// <param name="trend">Receives what moves slowly.</param>
    /// <param name="remainder">Receives the rest.</param>
    internal void Decompose(ReadOnlySpan<double> values, Span<double> seasonal, Span<double> trend, Span<double> remainder)
    {
        if (values.Length != length || length < 2 * _season)
            throw new ArgumentException($"The series has {values.Length} values; expected {length}, and at least two seasons of {_season}.", nameof(values));
        trend.Clear();
        bool robust = options.RobustIterations > 0;
        ReadOnlySpan<double> trust = [];
        for (int outer = 0; outer <= options.RobustIterations; outer++)
        {
            // Without robustness one more pass settles season and trend; with it, the later rounds do.
            for (int inner = 0; inner < (robust ? 1 : 2); inner++) Alternate(values, trust, seasonal, trend);
            for (int i = 0; i < length; i++) remainder[i] = values[i] - seasonal[i] - trend[i];
            if (outer == options.RobustIterations) break;
            Distrust(remainder);
            trust = _trust;
        }
        if (options.SeasonWindow > 0) return;
        RepeatMeans(seasonal);
        for (int i = 0; i < length; i++) remainder[i] = values[i] - seasonal[i] - trend[i];
    }

    // The inner loop of the paper: the season of what is left by the trend, then the trend of what is left by the season.
    private void Alternate(ReadOnlySpan<double> values, ReadOnlySpan<double> trust, Span<double> seasonal, Span<double> trend)
    {
        for (int i = 0; i < length; i++) _rest[i] = values[i] - trend[i];
        for (int phase = 0; phase < _season; phase++) SmoothCycle(phase, trust);
        int count = Average(_cycles, _cycles.Length, _season, _averages);
        count = Average(_averages, count, _season, _averages);
        count = Average(_averages, count, 3, _averages);
        _lowPass.Smooth(_averages.AsSpan(0, count), [], _rest, _weights);
        for (int i = 0; i < length; i++) seasonal[i] = _cycles[_season + i] - _rest[i];
        for (int i = 0; i < length; i++) _rest[i] = values[i] - seasonal[i];
        _trend.Smooth(_rest, trust, trend, _weights);
    }

    // Smooths one step of the season over all seasons, and goes on by one season at either end.
    private void SmoothCycle(int phase, ReadOnlySpan<double> trust)
    {
        int count = (length - phase - 1) / _season + 1, width = Math.Min(_seasonal.Window, count);
        Span<double> step = _step.AsSpan(0, count), stepTrust = trust.IsEmpty ? [] : _stepTrust.AsSpan(0, count), smooth = _smoothStep.AsSpan(0, count);
        for (int i = 0, at = phase; i < count; i++, at += _season)
        {
            step[i] = _rest[at];
            if (!trust.IsEmpty) stepTrust[i] = trust[at];
        }
        _seasonal.Smooth(step, stepTrust, smooth, _weights);
        _cycles[phase] = _seasonal.At(-1, step, stepTrust, 0, width, _weights) ?? smooth[0];
        for (int i = 0; i < count; i++) _cycles[phase + (i + 1) * _season] = smooth[i];
        _cycles[phase + (count + 1) * _season] = _seasonal.At(count, step, stepTrust, count - width, width, _weights) ?? smooth[^1];
    }

    // Moving averages, which may be written over their input; the result is their number.
    private static int Average(double[] values, int count, int window, double[] averages)
    {
        double sum = 0;
        for (int i = 0; i < window; i++) sum += values[i];
        for (int i = window; i < count; i++)
        {
            double leaving = values[i - window];
            averages[i - window] = sum / window;
            sum += values[i] - leaving;
        }
        averages[count - window] = sum / window;
        return count - window + 1;
    }

    // Six times the median of the distances is where trust ends.
    private void Distrust(ReadOnlySpan<double> remainder)
    {
        for (int i = 0; i < length; i++) _weights[i] = Math.Abs(remainder[i]);
        Array.Sort(_weights);
        double end = 3 * (_weights[length / 2] + _weights[(length - 1) / 2]);
        for (int i = 0; i < length; i++)
        {
            double distance = Math.Abs(remainder[i]), share = distance / end;
            _trust[i] = distance <= 0.001 * end ? 1 : distance <= 0.999 * end ? (1 - share * share) * (1 - share * share) : 0;
        }
    }

    private void RepeatMeans(Span<double> seasonal)
    {
        for (int phase = 0; phase < _season; phase++)
        {
            double sum = 0;
            int count = 0;
            for (int i = phase; i < length; i += _season, count++) sum += seasonal[i];
            for (int i = phase; i < length; i += _season) seasonal[i] = sum / count;
        }
    }
}
