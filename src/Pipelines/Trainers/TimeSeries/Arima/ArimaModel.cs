namespace MLPipelines.TimeSeries;

/// <summary>
/// An ARIMA model. Its state is that of the ARMA process about the mean of the differenced series, and then the last values of the
/// series, newest first, that differences need.
/// </summary>
internal sealed class ArimaModel : SeriesModel
{
    internal const string KindName = "arima";
    private const int MostOrder = 1000;

    private readonly int _season;
    private readonly double[] _coefficients;
    private readonly double _mean;
    private readonly double _variance;
    private readonly double[] _gain;
    private readonly double[] _phi;
    private readonly double[] _theta;
    private readonly double[] _differences;

    // Those of the past values, with the differences multiplied out.
    private readonly double[] _weights;

    internal ArimaModel(ArimaOrders orders, int season, double[] coefficients, double mean, double variance, double[] gain, double[] state) : base(state)
    {
        (Orders, _season, _coefficients, _mean, _variance, _gain) = (orders, season, coefficients, mean, variance, gain);
        _phi = new double[gain.Length];
        _theta = new double[gain.Length];
        int ar = orders.AR + orders.SeasonalAR * season;
        ArimaEstimator.Expand(orders, coefficients, season, _phi.AsSpan(0, ar), _theta.AsSpan(0, orders.MA + orders.SeasonalMA * season));
        _differences = DifferencesOf(orders, season);
        _weights = new double[ar + _differences.Length];
        ArmaPolynomial.Multiply(_phi.AsSpan(0, ar), _differences, 1, _weights);
    }

    internal ArimaOrders Orders { get; }

    public override string Name => Orders.ToText(_season);

    internal override string Kind => KindName;

    internal static int Size(ArimaOrders orders, int season) => Math.Max(orders.AR + orders.SeasonalAR * season, orders.MA + orders.SeasonalMA * season + 1);

    internal override void Observe(Span<double> state, double value)
    {
        Span<double> process = state[.._gain.Length], past = state[_gain.Length..];
        double expected = Level(past) + process[0];
        if (double.IsNaN(value)) value = expected;
        Move(process, value - expected);
        Push(past, value);
    }

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviation)
    {
        double[] ahead = state.ToArray();
        Span<double> process = ahead.AsSpan(0, _gain.Length), past = ahead.AsSpan(_gain.Length);
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = Level(past) + process[0];
            Move(process, 0);
            Push(past, mean[i]);
        }
        // ψ, the answer of the series to one error, and then the sum of its squares.
        for (int i = 0; i < deviation.Length; i++)
        {
            double psi = i == 0 ? 1 : i <= _theta.Length ? _theta[i - 1] : 0;
            for (int j = 0; j < Math.Min(i, _weights.Length); j++) psi += _weights[j] * deviation[i - 1 - j];
            deviation[i] = psi;
        }
        double sum = 0;
        for (int i = 0; i < deviation.Length; i++)
        {
            sum += deviation[i] * deviation[i];
            deviation[i] = Math.Sqrt(_variance * sum);
        }
    }

    internal override SeriesModel At(double[] state) => new ArimaModel(Orders, _season, _coefficients, _mean, _variance, _gain, state);

    internal override void Save(SeriesModelWriter writer)
    {
        foreach (int number in (ReadOnlySpan<int>)[Orders.AR, Orders.Differences, Orders.MA, Orders.SeasonalAR, Orders.SeasonalDifferences, Orders.SeasonalMA, Orders.HasConstant ? 1 : 0, _season])
            writer.Write(number);
        writer.Write(_mean);
        writer.Write(_variance);
        writer.Write(_coefficients);
        writer.Write(_gain);
    }

    internal static ArimaModel Load(SeriesModelReader reader, double[] state)
    {
        var orders = new ArimaOrders(Order(), Order(), Order(), Order(), Order(), Order(), reader.ReadInt32(0, 1) == 1);
        int season = reader.ReadInt32(1, int.MaxValue);
        double mean = reader.ReadNumber(), variance = reader.ReadNumber();
        double[] coefficients = reader.ReadNumbers(), gain = reader.ReadNumbers();
        if ((long)season * (orders.SeasonalAR + orders.SeasonalMA + orders.SeasonalDifferences) > int.MaxValue / 2 || coefficients.Length != orders.AR + orders.MA + orders.SeasonalAR + orders.SeasonalMA
            || gain.Length != Size(orders, season) || state.Length != gain.Length + orders.Lost(season))
            throw reader.Invalid($"the numbers of {orders.ToText(season)} are {coefficients.Length}, {gain.Length} and {state.Length}, which do not fit");
        return new(orders, season, coefficients, mean, variance, gain, state);

        int Order() => reader.ReadInt32(0, MostOrder);
    }

    /// <summary>What the past values add up to in the next one: δ of (1 − B)ᵈ (1 − Bˢ)ᴰ = 1 − δ₁B − ….</summary>
    private static double[] DifferencesOf(ArimaOrders orders, int season)
    {
        double[] weights = new double[orders.Lost(season)], product = new double[weights.Length];
        int length = 0;
        for (int i = 0; i < orders.DifferenceCount; i++)
        {
            int step = i < orders.Differences ? 1 : season;
            ArmaPolynomial.Multiply(weights.AsSpan(0, length), [1], step, product);
            product.CopyTo(weights, 0);
            length += step;
        }
        return weights;
    }

    private double Level(ReadOnlySpan<double> past)
    {
        double sum = _mean;
        for (int j = 0; j < past.Length; j++) sum += _differences[j] * past[j];
        return sum;
    }

    private void Move(Span<double> process, double error)
    {
        double first = process[0];
        for (int i = 0; i < process.Length; i++)
            process[i] = (i + 1 < process.Length ? process[i + 1] : 0) + _phi[i] * first + _gain[i] * error;
    }

    private static void Push(Span<double> past, double value)
    {
        if (past.IsEmpty) return;
        past[..^1].CopyTo(past[1..]);
        past[0] = value;
    }
}
