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
        _units = new double[Count];
        Bound();
    }

    internal int Count { get; }

    internal double[] Lower { get; }

    internal double[] Upper { get; }

    /// <summary>Writes a point of these smoothing parameters and the start of the states.</summary>
    internal void Write(in EtsParameters parameters, Span<double> point)
    {
        (double alpha, double beta, double gamma, double phi) = parameters;
        point[0] = alpha;
        if (_beta >= 0) point[_beta] = Share(beta, alpha);
        if (_gamma >= 0) point[_gamma] = Share(gamma, 1 - alpha);
        if (_phi >= 0) point[_phi] = phi;
        point[_level] = _start.Level / _units[_level];
        if (_slope >= 0) point[_slope] = _start.Slope / _units[_slope];
        for (int i = _season; i < Count; i++) point[i] = _start.Seasons[i - _season] / _units[i];
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

    private static double Share(double weight, double whole) => whole > LeastWeight ? Math.Clamp((weight - LeastWeight) / (whole - LeastWeight), 0, 1) : 0;

    private void Bound()
    {
        (Lower[0], Upper[0]) = (LeastWeight, 1 - LeastWeight);
        Upper.AsSpan(1, _level - 1).Fill(1);
        if (_phi >= 0) (Lower[_phi], Upper[_phi]) = (LeastPhi, MostPhi);
        Upper.AsSpan(_level).Fill(double.PositiveInfinity);
        Lower.AsSpan(_level).Fill(double.NegativeInfinity);
        double rate = _start.Error / Math.Max(Math.Abs(_start.Level), _start.Error);
        _units[_level] = _start.Error;
        // A slope adds up over some steps.
        if (_slope >= 0) _units[_slope] = (_form.Trend == EtsComponent.Multiplicative ? rate : _start.Error) / 4;
        for (int i = _season; i < Count; i++) _units[i] = _form.Season == EtsComponent.Multiplicative ? rate : _start.Error;
        if (_form.Trend == EtsComponent.Multiplicative) Lower[_slope] = EtsFit.LeastEffect / _units[_slope];
        if (_form.Season == EtsComponent.Multiplicative)
            for (int i = _season; i < Count; i++) Lower[i] = EtsFit.LeastEffect / _units[i];
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
