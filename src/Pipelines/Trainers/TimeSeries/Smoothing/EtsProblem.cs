namespace MLPipelines.TimeSeries;

/// <summary>
/// The likelihood of a form as a function of variables between bounds: α, the shares β/α and γ/(1-α) that keep weights positive, φ, and the initial
/// states in units of the errors that they are to explain.
/// </summary>
internal sealed class EtsProblem : IBoundedFunction
{
    private const double LeastWeight = 1e-4, LeastPhi = 0.8, MostPhi = 0.98;

    private readonly EtsRecursion _recursion;
    private readonly EtsForm _form;
    private readonly EtsStart _start;
    private readonly int _beta, _gamma, _phi, _level, _slope, _season;
    private readonly double[] _units;

    internal EtsProblem(EtsRecursion recursion, EtsForm form, EtsStart start)
    {
        (_recursion, _form, _start) = (recursion, form, start);
        int next = 1;
        _beta = form.HasTrend ? next++ : -1;
        _gamma = form.HasSeason ? next++ : -1;
        _phi = form.Damped ? next++ : -1;
        _level = next++;
        _slope = form.HasTrend ? next++ : -1;
        _season = next;
        Count = next + (form.HasSeason && recursion.Season <= EtsFit.LongestLearnedSeason ? recursion.Season - 1 : 0);
        Lower = new double[Count];
        Upper = new double[Count];
        Point = new double[Count];
        _units = new double[Count];
    }

    internal int Count { get; }

    internal double[] Point { get; }

    internal double[] Lower { get; }

    internal double[] Upper { get; }

    /// <summary>Sets the point to smoothing parameters and the start of the states, and the units of the states by the errors there.</summary>
    /// <returns>The value there.</returns>
    internal double Begin(in EtsParameters parameters)
    {
        Array.Fill(_units, 1);
        Write(Point, parameters);
        WriteStates();
        double value = Evaluate(Point, []);
        if (double.IsFinite(value)) Scale(Math.Sqrt(_recursion.SquaredErrors / _recursion.Length));
        return value;
    }

    internal EtsParameters ParametersAt(ReadOnlySpan<double> point)
    {
        double alpha = point[0];
        return new(
            alpha,
            _beta < 0 ? 0 : LeastWeight + ((alpha - LeastWeight) * point[_beta]),
            _gamma < 0 ? 0 : LeastWeight + ((1 - alpha - LeastWeight) * point[_gamma]),
            _phi < 0 ? 1 : point[_phi]);
    }

    public double Evaluate(ReadOnlySpan<double> point, Span<double> derivatives)
    {
        EtsParameters parameters = ParametersAt(point);
        if (_form is { HasTrend: true, HasSeason: true } && !EtsStability.Holds(parameters, _recursion.Season)) return double.PositiveInfinity;
        if (!SetStates(point)) return double.PositiveInfinity;
        double value = _recursion.Run(_form, parameters);
        if (!double.IsFinite(value) || derivatives.IsEmpty) return value;

        _recursion.RunBack(_form, parameters);
        EtsDerivatives by = _recursion.Derivatives;
        derivatives[0] = by.Parameters.Alpha;
        if (_beta >= 0)
        {
            derivatives[0] += by.Parameters.Beta * point[_beta];
            derivatives[_beta] = by.Parameters.Beta * (point[0] - LeastWeight);
            derivatives[_slope] = by.Slope * _units[_slope];
        }
        if (_gamma >= 0)
        {
            derivatives[0] -= by.Parameters.Gamma * point[_gamma];
            derivatives[_gamma] = by.Parameters.Gamma * (1 - point[0] - LeastWeight);
        }
        if (_phi >= 0) derivatives[_phi] = by.Parameters.Phi;
        derivatives[_level] = by.Level * _units[_level];
        // The last effect is what the others leave, and so moves against each.
        for (int i = _season; i < Count; i++) derivatives[i] = (_recursion.SeasonDerivatives[i - _season] - _recursion.SeasonDerivatives[^1]) * _units[i];
        return value;
    }

    private void Write(Span<double> point, in EtsParameters parameters)
    {
        (double alpha, double beta, double gamma, double phi) = parameters;
        (point[0], Lower[0], Upper[0]) = (alpha, LeastWeight, 1 - LeastWeight);
        if (_beta >= 0) (point[_beta], Lower[_beta], Upper[_beta]) = (Share(beta, alpha), 0, 1);
        if (_gamma >= 0) (point[_gamma], Lower[_gamma], Upper[_gamma]) = (Share(gamma, 1 - alpha), 0, 1);
        if (_phi >= 0) (point[_phi], Lower[_phi], Upper[_phi]) = (phi, LeastPhi, MostPhi);
    }

    private static double Share(double weight, double whole) => whole > LeastWeight ? Math.Clamp((weight - LeastWeight) / (whole - LeastWeight), 0, 1) : 0;

    private void WriteStates()
    {
        Point[_level] = _start.Level;
        if (_slope >= 0) Point[_slope] = _start.Slope;
        for (int i = _season; i < Count; i++) Point[i] = _start.Seasons[i - _season];
    }

    private void Scale(double error)
    {
        // Relative errors are in the unit of the level.
        if (_form.Error == EtsComponent.Multiplicative) error *= Math.Abs(_start.Level);
        error = Math.Max(error, Math.Sqrt(EtsFit.LeastVariance));
        _units[_level] = error;
        if (_slope >= 0) _units[_slope] = (_form.Trend == EtsComponent.Multiplicative ? error / Math.Abs(_start.Level) : error) / 4;
        for (int i = _season; i < Count; i++) _units[i] = _form.Season == EtsComponent.Multiplicative ? error / Math.Abs(_start.Level) : error;
        for (int i = _level; i < Count; i++)
        {
            Point[i] /= _units[i];
            bool positive = (i == _slope && _form.Trend == EtsComponent.Multiplicative) || (i >= _season && _form.Season == EtsComponent.Multiplicative);
            (Lower[i], Upper[i]) = (positive ? EtsFit.LeastEffect / _units[i] : double.NegativeInfinity, double.PositiveInfinity);
        }
    }

    private bool SetStates(ReadOnlySpan<double> point)
    {
        _recursion.Level = point[_level] * _units[_level];
        _recursion.Slope = _slope < 0 ? 0 : point[_slope] * _units[_slope];
        Span<double> seasons = _recursion.Seasons;
        if (!_form.HasSeason)
        {
            seasons.Clear();
            return true;
        }
        if (Count == _season)
        {
            _start.Seasons.CopyTo(seasons);
            return true;
        }
        double rest = _form.Season == EtsComponent.Multiplicative ? seasons.Length : 0;
        for (int i = _season; i < Count; i++) rest -= seasons[i - _season] = point[i] * _units[i];
        seasons[^1] = rest;
        return _form.Season != EtsComponent.Multiplicative || rest >= EtsFit.LeastEffect;
    }
}
