namespace MLPipelines.TimeSeries;

/// <summary>
/// What of a series its covariates explain: a sum of coefficients times distances of the covariates from their means. The coefficients are those of a ridge
/// regression of the changes of the series on the changes of the covariates, from step to step and from season to season, less their means, so that two things
/// that merely grow together explain nothing of each other. Covariates that explain less than their number costs (Schwarz's criterion, 1978) are
/// left out altogether.
/// </summary>
internal sealed class SeriesRegression
{
    private readonly double[] _coefficients, _means;

    private SeriesRegression(double[] coefficients, double[] means) => (_coefficients, _means) = (coefficients, means);

    /// <summary>What the covariates of one step add; one that is not known counts as its mean.</summary>
    internal double At(ReadOnlySpan<double> columns)
    {
        double sum = 0;
        for (int i = 0; i < columns.Length; i++)
            if (!double.IsNaN(columns[i])) sum += _coefficients[i] * (columns[i] - _means[i]);
        return sum;
    }

    /// <param name="series">The values.</param>
    /// <param name="columns">The covariates of each step, step after step; NaN where one is not known.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns><see langword="null"/> where they explain nothing.</returns>
    internal static SeriesRegression? Fit(Series series, double[] columns, CancellationToken cancellation)
    {
        int width = columns.Length / Math.Max(series.Length, 1);
        if (width == 0) return null;
        int season = series.Season > 1 && series.Length >= 3 * series.Season ? series.Season : 0;
        var changes = new Changes(width);
        Span<double> change = stackalloc double[width];
        for (int step = season + 1; step < series.Length; step++)
        {
            double known = 0;
            for (int i = 0; i < width; i++) known += change[i] = Change(columns, width, i, step, season);
            if (!double.IsNaN(known)) changes.Add(change, Change(series.Values.Span, 1, 0, step, season));
        }
        return changes.Solve(cancellation) is { } coefficients ? new SeriesRegression(coefficients, MeansOf(columns, width)) : null;
    }

    /// <summary>The change from one step to the next, less that of a season before.</summary>
    private static double Change(ReadOnlySpan<double> values, int width, int column, int step, int season)
    {
        double change = values[(step * width) + column] - values[((step - 1) * width) + column];
        return season == 0 ? change : change - (values[((step - season) * width) + column] - values[((step - season - 1) * width) + column]);
    }

    private static double[] MeansOf(double[] columns, int width)
    {
        double[] means = new double[width];
        for (int i = 0; i < width; i++)
        {
            double sum = 0;
            int count = 0;
            for (int at = i; at < columns.Length; at += width)
            {
                if (double.IsNaN(columns[at])) continue;
                sum += columns[at];
                count++;
            }
            means[i] = count == 0 ? 0 : sum / count;
        }
        return means;
    }

    internal void Save(SeriesModelWriter writer)
    {
        writer.Write(_coefficients);
        writer.Write(_means);
    }

    internal static SeriesRegression Load(SeriesModelReader reader, int width)
    {
        double[] coefficients = reader.ReadNumbers(), means = reader.ReadNumbers();
        return coefficients.Length == width && means.Length == width ? new(coefficients, means) : throw reader.Invalid("a regression has another number of covariates");
    }

    /// <summary>Sums of squares and products of the changes, as distances from their means: two trends are the means of their changes.</summary>
    private sealed class Changes(int width)
    {
        private readonly double[] _lower = new double[width * (width + 1) / 2], _right = new double[width], _means = new double[width], _far = new double[width];
        private double _total, _mean;
        private int _count;

        internal void Add(ReadOnlySpan<double> columns, double value)
        {
            _count++;
            for (int i = 0; i < width; i++)
            {
                _far[i] = columns[i] - _means[i];
                _means[i] += _far[i] / _count;
            }
            double distance = value - _mean;
            _mean += distance / _count;
            for (int i = 0, at = 0; i < width; i++)
            {
                for (int j = 0; j <= i; j++) _lower[at++] += _far[i] * (columns[j] - _means[j]);
                _right[i] += _far[i] * (value - _mean);
            }
            _total += distance * (value - _mean);
        }

        internal double[]? Solve(CancellationToken cancellation)
        {
            // In units of their own variation, so that the ridge weighs the same on each: as one more row that says 0.
            double[] scales = new double[width], solution = new double[width], lower = [.. _lower];
            int used = 0;
            for (int i = 0; i < width; i++)
            {
                scales[i] = Math.Sqrt(_lower[(i * (i + 3)) / 2] / Math.Max(_count, 1));
                if (scales[i] > 0) used++;
            }
            int freedom = _count - used - 1;
            if (used == 0 || freedom < 1 || !(_total > 0)) return null;
            for (int i = 0, at = 0; i < width; i++)
            {
                for (int j = 0; j <= i; j++, at++) lower[at] = scales[i] > 0 && scales[j] > 0 ? lower[at] / (scales[i] * scales[j]) : 0;
                solution[i] = scales[i] > 0 ? _right[i] / scales[i] : 0;
            }
            new SymmetricFactor(lower, ridge: 1, Array.ConvertAll(scales, scale => !(scale > 0)), cancellation).Solve(solution);
            for (int i = 0; i < width; i++) solution[i] = scales[i] > 0 ? solution[i] / scales[i] : 0;
            double rest = Math.Max(RestOf(solution), 1e-12 * _total);
            // Where there are few changes, each coefficient costs more.
            double gain = _count * Math.Log(_total / rest), cost = used * Math.Log(_count) * _count / freedom;
            return gain > cost ? solution : null;
        }

        /// <summary>The sum of the squares that coefficients leave.</summary>
        private double RestOf(ReadOnlySpan<double> coefficients)
        {
            double rest = _total;
            for (int i = 0, at = 0; i < width; i++)
            {
                for (int j = 0; j <= i; j++) rest += (i == j ? 1 : 2) * coefficients[i] * coefficients[j] * _lower[at++];
                rest -= 2 * coefficients[i] * _right[i];
            }
            return rest;
        }
    }
}
