namespace MLPipelines.TimeSeries;

/// <summary>
/// Local regression over equally spaced points (Cleveland, Cleveland, McRae and Terpenning 1990, "STL: A Seasonal-Trend Decomposition
/// Procedure Based on Loess"): a point is what a line, or a constant, through its neighbours says, the nearer ones weighing more.
/// </summary>
/// <param name="window">How many neighbours count; odd.</param>
/// <param name="linear">Whether a line is fitted; otherwise a constant.</param>
internal readonly struct Loess(int window, bool linear)
{
    // What is nearer than this share of the window weighs 1 and what is farther than the other weighs 0, as in the published program.
    private const double Near = 0.001, Far = 0.999;

    internal int Window => window;

    /// <summary>Smooths at every tenth of a window and at the end, and draws lines between.</summary>
    /// <param name="values">The points; at least one.</param>
    /// <param name="trust">What each point weighs beside its distance; empty for equal weights.</param>
    /// <param name="smoothed">Receives as many numbers.</param>
    /// <param name="weights">Room for as many numbers.</param>
    internal void Smooth(ReadOnlySpan<double> values, ReadOnlySpan<double> trust, Span<double> smoothed, Span<double> weights)
    {
        int count = values.Length, last = count - 1;
        int jump = Math.Max(1, Math.Min((window + 9) / 10, last));
        int width = Math.Min(window, count), first = 0, at = 0;
        for (; at < count; at += jump)
        {
            first = Math.Clamp(at - (window - 1) / 2, 0, count - width);
            smoothed[at] = At(at, values, trust, first, width, weights) ?? values[at];
            if (at > 0) Connect(smoothed, at - jump, at);
        }
        at -= jump;
        if (at == last) return;
        smoothed[last] = At(last, values, trust, first, width, weights) ?? values[last];
        Connect(smoothed, at, last);
    }

    /// <summary>The curve at a position, which may lie outside of the points; none where no point has a weight.</summary>
    /// <param name="position">In steps from the first point.</param>
    /// <param name="values">The points.</param>
    /// <param name="trust">What each weighs beside its distance; empty for equal weights.</param>
    /// <param name="first">The first of the neighbours.</param>
    /// <param name="width">How many they are.</param>
    /// <param name="weights">Room for as many numbers.</param>
    internal double? At(int position, ReadOnlySpan<double> values, ReadOnlySpan<double> trust, int first, int width, Span<double> weights)
    {
        double steps = values.Length - 1, reach = Math.Max(position - first, first + width - 1 - position);
        values = values.Slice(first, width);
        weights = weights[..width];
        if (window > width) reach += (window - width) / 2;
        double near = Near * reach, far = Far * reach, sum = 0;
        for (int i = 0; i < width; i++)
        {
            double distance = Math.Abs(first + i - position), weight = 0;
            if (distance <= near) weight = 1;
            else if (distance <= far)
            {
                double share = distance / reach, rest = 1 - share * share * share;
                weight = rest * rest * rest;
            }
            if (!trust.IsEmpty) weight *= trust[first + i];
            weights[i] = weight;
            sum += weight;
        }
        if (sum <= 0) return null;
        if (linear && reach > 0) Tilt(weights, sum, position - first, steps);
        double fit = 0;
        for (int i = 0; i < width; i++) fit += weights[i] * values[i];
        return fit / sum;
    }

    // The weights of a constant become those of a line, unless the points are so near to each other that it has no direction.
    private static void Tilt(Span<double> weights, double sum, double position, double steps)
    {
        double centre = 0, spread = 0;
        for (int i = 0; i < weights.Length; i++) centre += weights[i] * i;
        centre /= sum;
        for (int i = 0; i < weights.Length; i++) spread += weights[i] * (i - centre) * (i - centre);
        spread /= sum;
        if (Math.Sqrt(spread) <= Near * steps) return;
        double slope = (position - centre) / spread;
        for (int i = 0; i < weights.Length; i++) weights[i] *= 1 + slope * (i - centre);
    }

    private static void Connect(Span<double> curve, int from, int to)
    {
        double slope = (curve[to] - curve[from]) / (to - from);
        for (int i = from + 1; i < to; i++) curve[i] = curve[from] + slope * (i - from);
    }
}
