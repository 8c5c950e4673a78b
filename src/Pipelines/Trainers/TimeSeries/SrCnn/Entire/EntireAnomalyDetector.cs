namespace MLPipelines.TimeSeries;

/// <summary>Finds the anomalies of series, each as a whole. It serves one thread.</summary>
internal sealed class EntireAnomalyDetector(SrCnnEntireAnomalyDetectorOptions options)
{
    private const int Lookahead = 5, BackAdd = 5, AveragingWindow = 3, JudgementWindow = 40;

    // The first points have few before them to be compared with: they are compared with as many as this.
    private const int LeastJudgementWindow = 11;

    // What lies so near to the mean, in standard deviations, is no anomaly.
    private const double UsualDeviation = 1.5;

    // A mean saliency that is not above this, and a deviation that is not above this share of the values, is one of rounding.
    private const double LeastSaliency = 1e-8, LeastDeviation = 1e-12;

    // How far from its value the expected value of a point that is no anomaly may be.
    private static readonly double UsualMargin = SensitivityMargins.Of(93);

    private readonly double _margin = SensitivityMargins.Of(options.Sensitivity);
    private readonly SeasonRemoval? _season = options.Period > 1 ? new(options.Period, options.DeseasonalityMode) : null;
    private readonly SpectralResidual _residual = new(AveragingWindow, Lookahead, BackAdd);
    private readonly UsualValues _usual = new();
    private readonly BoundaryUnits _units = new();
    private double[] _rest = [];
    private double[] _saliency = [];
    private double[] _scores = [];
    private double[] _more = [];

    /// <summary>What the numbers of a point mean, in order.</summary>
    internal static string[] NamesOf(SrCnnDetectMode mode) => mode switch
    {
        SrCnnDetectMode.AnomalyOnly => ["Alert", "Raw Score", "Mag"],
        SrCnnDetectMode.AnomalyAndExpectedValue => ["Alert", "Raw Score", "Mag", "Expected Value"],
        _ => ["Alert", "Anomaly Score", "Mag", "Expected Value", "Boundary Unit", "Upper Boundary", "Lower Boundary"],
    };

    /// <summary>The fewest values that can be looked at.</summary>
    internal int LeastCount { get; } = Math.Max(SrCnnEntireAnomalyDetectorOptions.LeastBatchSize, 2 * options.Period);

    /// <summary>Looks at a series.</summary>
    /// <param name="values">Finite numbers, oldest first.</param>
    /// <param name="points">Receives the numbers of each point, one after the other.</param>
    internal void Detect(ReadOnlySpan<double> values, Span<double> points)
    {
        int width = points.Length / values.Length;
        Array.Resize(ref _rest, values.Length);
        Array.Resize(ref _saliency, values.Length);
        Array.Resize(ref _scores, values.Length);
        Array.Resize(ref _more, values.Length);
        if (_season is null) values.CopyTo(_rest);
        else _season.Remove(values, _rest);
        Judge(values, points, width);
        if (options.DetectMode == SrCnnDetectMode.AnomalyOnly) return;
        Expect(values, points, width);
        if (options.DetectMode == SrCnnDetectMode.AnomalyAndMargin) Bound(values, points, width);
    }

    private void Judge(ReadOnlySpan<double> values, Span<double> points, int width)
    {
        double mean = 0, squares = 0, largest = 0;
        foreach (double value in values) largest = Math.Max(largest, Math.Abs(value));
        foreach (double value in _rest) mean += value / _rest.Length;
        foreach (double value in _rest) squares += (value - mean) * (value - mean);
        double deviation = Math.Sqrt(squares / _rest.Length), least = Math.Max(UsualDeviation * deviation, LeastDeviation * largest);

        _residual.Find(_rest, _saliency);
        double[] averages = _more;
        SpectralResidual.Average(_saliency, JudgementWindow, averages);
        averages.AsSpan(0, Math.Min(averages.Length, LeastJudgementWindow + 1)).Fill(averages[LeastJudgementWindow - 1]);
        for (int i = 0; i < _rest.Length; i++)
        {
            double score = Math.Min(1, Math.Abs(_saliency[i] - averages[i]) / Math.Max(averages[i], LeastSaliency) / 10);
            bool isAnomaly = score > options.Threshold;
            if (isAnomaly && Math.Abs(_rest[i] - mean) <= least) (isAnomaly, score) = (false, 0);
            _scores[i] = score;
            Span<double> point = points.Slice(i * width, width);
            (point[0], point[1], point[2]) = (isAnomaly ? 1 : 0, score, _saliency[i]);
        }
    }

    private void Expect(ReadOnlySpan<double> values, Span<double> points, int width)
    {
        double[] expected = _more;
        if (_season is null) _usual.Find(values, _scores, expected);
        else for (int i = 0; i < expected.Length; i++) expected[i] = values[i] - _rest[i];
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        // Where there are no negative values, none is expected; nor positive ones.
        for (int i = 0; i < expected.Length; i++)
            points[i * width + 3] = low >= 0 ? Math.Max(expected[i], 0) : high <= 0 ? Math.Min(expected[i], 0) : expected[i];
    }

    private void Bound(ReadOnlySpan<double> values, Span<double> points, int width)
    {
        double[] units = _more;
        _units.Find(values, points, width, units);
        for (int i = 0; i < values.Length; i++)
        {
            Span<double> point = points.Slice(i * width, width);
            (point[4], point[5], point[6]) = (units[i], point[3] + _margin * units[i], point[3] - _margin * units[i]);
            if (!IsOutside(values[i], point)) point[0] = 0;
        }
        if (_season is not null) Connect(values, points, width);
        for (int i = 0; i < values.Length; i++)
        {
            Span<double> point = points.Slice(i * width, width);
            if (point[0] > 0)
            {
                point[1] = SensitivityMargins.ScoreOf(Math.Abs(values[i] - point[3]) / units[i]);
                continue;
            }
            point[1] = 0;
            point[3] = Math.Clamp(point[3], values[i] - UsualMargin * units[i], values[i] + UsualMargin * units[i]);
            (point[5], point[6]) = (point[3] + _margin * units[i], point[3] - _margin * units[i]);
        }
    }

    // Between two anomalies, points that are all outside of their margins are anomalies too.
    private static void Connect(ReadOnlySpan<double> values, Span<double> points, int width)
    {
        int anomaly = -1;
        for (int i = 0; i < values.Length; i++)
        {
            Span<double> point = points.Slice(i * width, width);
            if (!IsOutside(values[i], point)) anomaly = -1;
            else if (point[0] > 0)
            {
                for (int j = anomaly + 1; anomaly >= 0 && j < i; j++) points[j * width] = 1;
                anomaly = i;
            }
        }
    }

    private static bool IsOutside(double value, ReadOnlySpan<double> point) => value > point[5] || value < point[6];
}
