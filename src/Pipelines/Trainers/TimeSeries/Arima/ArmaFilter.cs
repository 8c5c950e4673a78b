namespace MLPipelines.TimeSeries;

/// <summary>
/// The likelihood of an ARMA process about a mean, which is estimated on the way, and the state that it ends in. One filter serves many
/// calls with the same orders; it is not safe to use from several threads.
/// </summary>
/// <remarks>
/// The state is Harvey's: x₁ = y, xᵢ' = φᵢ x₁ + xᵢ₊₁ + θᵢ₋₁ ε. The filter starts in the stationary distribution, so that the change of its
/// covariance has rank one and is carried instead of the covariance (the Chandrasekhar recursions of Morf, Sidhu and Kailath 1974, in
/// the notation of Herbst 2015): a step costs O(r), not O(r²), and once the variance of the innovation has come down to that of ε nothing changes any more.
/// </remarks>
internal sealed class ArmaFilter
{
    private const double Settled = 1e-11;

    private readonly double[] _phi;
    private readonly double[] _theta;
    private readonly double[] _scratch;
    private readonly double[] _autocovariances;
    private readonly double[] _psi;
    private readonly double[] _change;
    private readonly double[] _state;
    private readonly double[] _stateOfOnes;
    private readonly int _ar;
    private readonly int _ma;

    /// <param name="ar">The degree of φ.</param>
    /// <param name="ma">The degree of θ.</param>
    internal ArmaFilter(int ar, int ma)
    {
        (_ar, _ma) = (ar, ma);
        int size = Math.Max(ar, ma + 1);
        _phi = new double[size];
        _theta = new double[size];
        _scratch = new double[ar];
        _autocovariances = new double[size + ma + 1];
        (_psi, _change, _state, _stateOfOnes, Gain) = (new double[size + 1], new double[size], new double[size], new double[size], new double[size]);
    }

    internal Span<double> Phi => _phi.AsSpan(0, _ar);

    /// <summary>In the sense of 1 + θ₁B + ….</summary>
    internal Span<double> Theta => _theta.AsSpan(0, _ma);

    /// <summary>How the last innovation moves the state.</summary>
    internal double[] Gain { get; }

    internal double Mean { get; private set; }

    /// <summary>Of the innovations, each by its variance relative to that of ε.</summary>
    internal double SumOfSquares { get; private set; }

    /// <summary>How many innovations there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The sum of the logarithms of the relative variances; 0 for conditional sums of squares.</summary>
    internal double LogDeterminant { get; private set; }

    internal double Variance => SumOfSquares / Count;

    internal double LogLikelihood => -0.5 * (Count * (Math.Log(2 * Math.PI * Variance) + 1) + LogDeterminant);

    /// <summary>The state after the last value, about the mean.</summary>
    internal double[] EndState()
    {
        double[] state = new double[_state.Length];
        for (int i = 0; i < state.Length; i++) state[i] = _state[i] - Mean * _stateOfOnes[i];
        return state;
    }

    /// <summary>The exact Gaussian likelihood.</summary>
    internal void RunExactly(ReadOnlySpan<double> values, bool hasMean)
    {
        Start();
        StationaryStart(out double relative);
        _change.AsSpan().Clear();
        Gain.CopyTo(_change, 0);
        double factor = -1 / relative, squares = 0, cross = 0, ones = 0;
        bool isSettled = false;
        LogProduct determinant = default;
        Span<double> state = _state, stateOfOnes = _stateOfOnes, change = _change, gain = Gain;
        foreach (double value in values)
        {
            double error = value - state[0], errorOfOnes = 1 - stateOfOnes[0];
            squares += error * error / relative;
            determinant.Multiply(relative);
            Move(state, value, error, gain, relative, isSettled);
            if (hasMean)
            {
                cross += error * errorOfOnes / relative;
                ones += errorOfOnes * errorOfOnes / relative;
                Move(stateOfOnes, 1, errorOfOnes, gain, relative, isSettled);
            }
            if (isSettled) continue;
            double first = change[0], scale = factor * first;
            double next = relative + first * scale;
            for (int i = 0; i < gain.Length; i++)
            {
                double moved = _phi[i] * first + (i + 1 < change.Length ? change[i + 1] : 0);
                gain[i] += moved * scale;
                change[i] = moved - gain[i] / next * first;
            }
            factor += scale * scale / relative;
            relative = next;
            if (relative - 1 < Settled)
            {
                isSettled = true;
                relative = 1;
                SettledGain();
            }
        }
        if (!isSettled)
            for (int i = 0; i < gain.Length; i++) gain[i] /= relative;
        Finish(values.Length, squares, cross, ones, hasMean);
        LogDeterminant = determinant.Logarithm;
    }

    /// <summary>The sum of squares given the first values, and zeros for the errors before.</summary>
    /// <param name="values">The values.</param>
    /// <param name="errors">Scratch, twice as long as the values.</param>
    /// <param name="hasMean">Whether a mean is estimated.</param>
    internal void RunConditionally(ReadOnlySpan<double> values, Span<double> errors, bool hasMean)
    {
        Start();
        Span<int> lags = stackalloc int[_ar + _ma];
        int arCount = NonZeros(_phi, lags), maCount = NonZeros(_theta, lags[arCount..]);
        ReadOnlySpan<int> arLags = lags[..arCount], maLags = lags.Slice(arCount, maCount);
        Span<double> errorsOfOnes = errors[values.Length..];
        errors = errors[..values.Length];
        errors[..Math.Min(_ar, errors.Length)].Clear();
        errorsOfOnes[..Math.Min(_ar, errorsOfOnes.Length)].Clear();
        double squares = 0, cross = 0, ones = 0, sum = 1;
        foreach (int lag in arLags) sum -= _phi[lag];
        for (int t = _ar; t < values.Length; t++)
        {
            double error = values[t];
            foreach (int lag in arLags) error -= _phi[lag] * values[t - 1 - lag];
            foreach (int lag in maLags)
                if (lag < t) error -= _theta[lag] * errors[t - 1 - lag];
            errors[t] = error;
            squares += error * error;
            if (!hasMean) continue;
            double one = sum;
            foreach (int lag in maLags)
                if (lag < t) one -= _theta[lag] * errorsOfOnes[t - 1 - lag];
            errorsOfOnes[t] = one;
            cross += error * one;
            ones += one * one;
        }
        for (int i = 0; i < _state.Length; i++)
        {
            for (int j = i; j < _ar; j++)
            {
                if (values.Length - 1 + i - j < 0) continue;
                _state[i] += _phi[j] * values[values.Length - 1 + i - j];
                _stateOfOnes[i] += _phi[j];
            }
            for (int j = i; j < _ma; j++)
            {
                if (values.Length - 1 + i - j < 0) continue;
                _state[i] += _theta[j] * errors[values.Length - 1 + i - j];
                if (hasMean) _stateOfOnes[i] += _theta[j] * errorsOfOnes[values.Length - 1 + i - j];
            }
        }
        SettledGain();
        Finish(Math.Max(0, values.Length - _ar), squares, cross, ones, hasMean);
        LogDeterminant = 0;
    }

    private void Start()
    {
        _state.AsSpan().Clear();
        _stateOfOnes.AsSpan().Clear();
    }

    private void Finish(int count, double squares, double cross, double ones, bool hasMean)
    {
        Mean = hasMean && ones > 0 ? cross / ones : 0;
        SumOfSquares = Math.Max(0, squares - Mean * cross);
        Count = count;
    }

    private void Move(Span<double> state, double value, double error, ReadOnlySpan<double> gain, double relative, bool isSettled)
    {
        double first = state[0], scaled = error / relative;
        int last = state.Length - 1;
        if (isSettled)
        {
            for (int i = 0; i < last; i++) state[i] = state[i + 1] + _phi[i] * value + _theta[i] * error;
            state[last] = _phi[last] * value + _theta[last] * error;
            return;
        }
        for (int i = 0; i < last; i++) state[i] = state[i + 1] + _phi[i] * first + gain[i] * scaled;
        state[last] = _phi[last] * first + gain[last] * scaled;
    }

    private void SettledGain()
    {
        for (int i = 0; i < Gain.Length; i++) Gain[i] = _phi[i] + _theta[i];
    }

    /// <summary>The variance of the stationary process relative to ε, and the covariance of its next state with its value as the first gain.</summary>
    private void StationaryStart(out double variance)
    {
        int size = Gain.Length;
        _psi[0] = 1;
        for (int k = 1; k < _psi.Length; k++)
        {
            double sum = k <= _ma ? _theta[k - 1] : 0;
            for (int j = 0; j < Math.Min(k, _ar); j++) sum += _phi[j] * _psi[k - 1 - j];
            _psi[k] = sum;
        }
        // The process is the autoregression, averaged by θ.
        ArmaPolynomial.Autocovariances(Phi, _scratch, _autocovariances);
        Span<double> covariances = stackalloc double[size + 1];
        Span<double> weights = stackalloc double[_ma + 1];
        for (int lag = 0; lag <= _ma; lag++)
        {
            double sum = lag == 0 ? 1 : _theta[lag - 1];
            for (int j = 0; j + lag < _ma; j++) sum += _theta[j] * _theta[j + lag];
            weights[lag] = sum;
        }
        for (int lag = 0; lag <= size; lag++)
        {
            double sum = weights[0] * _autocovariances[lag];
            for (int k = 1; k <= _ma; k++) sum += weights[k] * (_autocovariances[Math.Abs(lag - k)] + _autocovariances[lag + k]);
            covariances[lag] = sum;
        }
        variance = covariances[0];
        for (int i = 0; i < size; i++)
        {
            double next = _phi[i] * variance;
            for (int j = i + 1; j < _ar; j++) next += _phi[j] * covariances[j - i];
            for (int j = i; j < _ma; j++) next += _theta[j] * _psi[j - i];
            Gain[i] = next;
        }
    }

    private static int NonZeros(double[] coefficients, Span<int> lags)
    {
        int count = 0;
        for (int i = 0; i < coefficients.Length; i++)
            if (coefficients[i] != 0) lags[count++] = i;
        return count;
    }

    /// <summary>The logarithm of a product, taken now and then only.</summary>
    private struct LogProduct
    {
        private double _product;
        private double _logarithm;

        internal readonly double Logarithm => _logarithm + (_product > 0 ? Math.Log(_product) : 0);

        internal void Multiply(double factor)
        {
            if (_product == 0) _product = 1;
            _product *= factor;
            if (_product is < 1e100 and > 1e-100) return;
            _logarithm += Math.Log(_product);
            _product = 1;
        }
    }
}
