namespace MLPipelines.TimeSeries;

/// <summary>
/// Finds the form of an ARIMA model step by step (Hyndman and Khandakar 2008, "Automatic Time Series Forecasting", section 3.2): from the
/// best of a few, to neighbours as long as one has a lower criterion.
/// </summary>
internal sealed class ArimaSearch
{
    private const int MostForms = 94;
    private const int MostOrder = 5;
    private const int MostSeasonalOrder = 2;

    // The published order of neighbours: seasonal orders first.
    private static readonly (int AR, int MA, int SeasonalAR, int SeasonalMA)[] Moves =
    [
        (0, 0, -1, 0), (0, 0, 0, -1), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, -1, -1), (0, 0, 1, -1), (0, 0, -1, 1), (0, 0, 1, 1),
        (-1, 0, 0, 0), (0, -1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (-1, -1, 0, 0), (1, -1, 0, 0), (-1, 1, 0, 0), (1, 1, 0, 0),
    ];

    private readonly ArimaEstimator _estimator;
    private readonly int _season;
    private readonly bool _isExact;
    private readonly bool _mayHaveConstant;
    private readonly int _most;
    private readonly int _mostSeasonal;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ArimaOrders> _tried = [];
    private readonly List<ArimaEstimate> _sound = [];
    private ArimaEstimate? _best;

    /// <param name="estimator">Estimates on the differenced series.</param>
    /// <param name="length">Of the series.</param>
    /// <param name="season">The length of a season; 1 for none.</param>
    /// <param name="isExact">Whether forms are compared by their exact likelihood.</param>
    /// <param name="mayHaveConstant">Whether forms may have a constant.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal ArimaSearch(ArimaEstimator estimator, int length, int season, bool isExact, bool mayHaveConstant, CancellationToken cancellation)
    {
        (_estimator, _season, _isExact, _mayHaveConstant, _cancellation) = (estimator, season, isExact, mayHaveConstant, cancellation);
        _most = Math.Min(MostOrder, length / 3);
        _mostSeasonal = season > 1 ? Math.Min(MostSeasonalOrder, length / 3 / season) : 0;
    }

    /// <summary>The sound forms that were tried, the best first.</summary>
    /// <param name="differences">The form with the differences that were taken, and nothing else.</param>
    internal IEnumerable<ArimaEstimate> Run(ArimaOrders differences)
    {
        int one = Math.Min(1, _most), seasonalOne = Math.Min(1, _mostSeasonal);
        ArimaOrders none = differences with { HasConstant = _mayHaveConstant };
        Try(none with { AR = Math.Min(2, _most), MA = Math.Min(2, _most), SeasonalAR = seasonalOne, SeasonalMA = seasonalOne });
        Try(none);
        Try(none with { AR = one, SeasonalAR = seasonalOne });
        Try(none with { MA = one, SeasonalMA = seasonalOne });
        Try(none with { HasConstant = false });
        while (_best is { } best && _tried.Count < MostForms && HasBetterNeighbour(best.Orders))
        {
        }
        return _sound.OrderBy(estimate => estimate.Criterion);
    }

    private bool HasBetterNeighbour(ArimaOrders at)
    {
        foreach (var (ar, ma, seasonalAR, seasonalMA) in Moves)
        {
            ArimaOrders next = at with { AR = at.AR + ar, MA = at.MA + ma, SeasonalAR = at.SeasonalAR + seasonalAR, SeasonalMA = at.SeasonalMA + seasonalMA };
            if (Math.Min(next.AR, next.MA) >= 0 && Math.Max(next.AR, next.MA) <= _most
                && Math.Min(next.SeasonalAR, next.SeasonalMA) >= 0 && Math.Max(next.SeasonalAR, next.SeasonalMA) <= _mostSeasonal && Try(next)) return true;
        }
        return _mayHaveConstant && Try(at with { HasConstant = !at.HasConstant });
    }

    private bool Try(ArimaOrders orders)
    {
        if (_tried.Count >= MostForms || !_tried.Add(orders)) return false;
        ArimaEstimate estimate = _estimator.Estimate(orders, _isExact, _cancellation);
        if (!double.IsFinite(estimate.Criterion) || !estimate.IsSound(_season)) return false;
        _sound.Add(estimate);
        if (_best is not null && estimate.Criterion >= _best.Criterion) return false;
        _best = estimate;
        return true;
    }
}
