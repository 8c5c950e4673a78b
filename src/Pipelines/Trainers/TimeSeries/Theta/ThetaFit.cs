namespace MLPipelines.TimeSeries;

/// <summary>
/// Least squares for a Theta model. Given α, errors are linear in the initial level and in the weight 1 - 1/θ of the drift, so only α is
/// searched: over a grid, and then around its best point.
/// </summary>
internal readonly ref struct ThetaFit
{
    private const int GridPoints = 32, Refinements = 32;
    private const double GoldenShare = 0.6180339887498949;
    // θ of 1e6, as good as a line with all the curvature.
    private const double MostWeight = 1 - 1e-6;

    private readonly ReadOnlySpan<double> _values;
    private readonly ThetaForm _form;
    private readonly double _intercept, _slope;

    internal ThetaFit(ReadOnlySpan<double> values, ThetaForm form)
    {
        _values = values;
        _form = form;
        double middle = (values.Length + 1) / 2.0, mean = 0, products = 0, squares = 0;
        foreach (double value in values) mean += value / values.Length;
        for (int i = 0; i < values.Length; i++)
        {
            products += (i + 1 - middle) * (values[i] - mean);
            squares += (i + 1 - middle) * (i + 1 - middle);
        }
        _slope = products / squares;
        _intercept = mean - (_slope * middle);
    }

    internal ThetaModel Best()
    {
        // The bounds of R's ses, and those of the paper.
        (double low, double high) = _form == ThetaForm.Standard ? (1e-4, 1 - 1e-4) : (0.1, 0.99);
        double width = (high - low) / (GridPoints - 1), best = low, least = double.PositiveInfinity;
        for (int i = 0; i < GridPoints; i++)
        {
            double error = Solve(low + (i * width)).SquaredErrors;
            if (error < least) (least, best) = (error, low + (i * width));
        }
        double alpha = Refine(Math.Max(best - width, low), Math.Min(best + width, high));
        ThetaSolution solution = Solve(alpha);
        if (!(solution.SquaredErrors <= least)) solution = Solve(alpha = best);
        return Model(alpha, solution);
    }

    private double Refine(double low, double high)
    {
        double left = high - (GoldenShare * (high - low)), right = low + (GoldenShare * (high - low));
        double atLeft = Solve(left).SquaredErrors, atRight = Solve(right).SquaredErrors;
        for (int i = 0; i < Refinements; i++)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                atLeft = Solve(left = high - (GoldenShare * (high - low))).SquaredErrors;
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                atRight = Solve(right = low + (GoldenShare * (high - low))).SquaredErrors;
            }
        }
        return atLeft <= atRight ? left : right;
    }

    private ThetaModel Model(double alpha, in ThetaSolution solution)
    {
        int learned = _form == ThetaForm.Standard ? 2 : 3;
        double deviation = Math.Sqrt(solution.SquaredErrors / (_values.Length - learned));
        // The standard drift is added after smoothing: half a slope, and nothing for the origin of the line.
        double weight = _form == ThetaForm.Standard ? 0.5 : solution.Weight;
        double origin = _form == ThetaForm.Standard ? -_slope : _intercept;
        ThetaState state = _form == ThetaForm.DynamicOptimized ? default : new(0, 0, origin, _slope, 0);
        ThetaModel model = new([], alpha, weight, _form == ThetaForm.DynamicOptimized, deviation);
        state = state with { Level = solution.Level };
        foreach (double value in _values) state = model.Next(state, value);
        return model.With(state);
    }

    private ThetaSolution Solve(double alpha)
    {
        bool standard = _form == ThetaForm.Standard, dynamic = _form == ThetaForm.DynamicOptimized;
        double keep = 1 - alpha, power = 1, smoothed = _values[0], line = dynamic ? 0 : _slope, origin = dynamic ? 0 : _intercept, mean = 0;
        double ll = 0, lw = 0, ww = 0, ly = 0, wy = 0, yy = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double value = _values[i], rest = value - smoothed;
            double drift = standard ? 0 : (power * origin) + ((1 - (power * keep)) / alpha * line);
            // The line of one or two values is no forecast of the next.
            if (!dynamic || i >= 2)
            {
                ll += power * power;
                lw += power * drift;
                ww += drift * drift;
                ly += power * rest;
                wy += drift * rest;
                yy += rest * rest;
            }
            smoothed += alpha * rest;
            power *= keep;
            if (dynamic) ThetaModel.Redraw(i + 1, value, ref mean, ref origin, ref line);
        }
        double determinant = (ll * ww) - (lw * lw);
        double weight = determinant > 1e-12 * ll * ww ? Math.Clamp(((ll * wy) - (lw * ly)) / determinant, 0, MostWeight) : 0;
        // What the initial level is above the first value, from which the smoothing started.
        double level = (ly - (weight * lw)) / ll;
        double squares = yy - (2 * level * ly) - (2 * weight * wy) + (level * level * ll) + (2 * level * weight * lw) + (weight * weight * ww);
        return new(_values[0] + level, weight, Math.Max(squares, 0));
    }
}

/// <summary>The best initial level and weight of the drift for an α.</summary>
internal readonly record struct ThetaSolution(double Level, double Weight, double SquaredErrors);
