using System.Numerics;

namespace MLPipelines.TimeSeries;

/// <summary>
/// What the values of a series would be without anomalies: these give way to the line through their neighbours, then the fastest
/// quarter of the frequencies is left out. It serves one thread.
/// </summary>
internal sealed class UsualValues
{
    // Above this score a point is not usual, and so many that are draw the line.
    private const double UsualScore = 0.35;
    private const int Neighbours = 4;

    private FourierTransform _fourier = new(1);
    private Complex[] _spectrum = [];

    /// <param name="values">The series.</param>
    /// <param name="scores">The score of each point.</param>
    /// <param name="usual">Receives as many values.</param>
    internal void Find(ReadOnlySpan<double> values, ReadOnlySpan<double> scores, Span<double> usual)
    {
        int length = values.Length;
        if (_spectrum.Length != length) (_fourier, _spectrum) = (new FourierTransform(length), new Complex[length]);
        for (int i = 0; i < length; i++) _spectrum[i] = scores[i] > UsualScore ? LineAt(i, values, scores) : values[i];
        _fourier.Forward(_spectrum);
        for (int i = 0; i < length; i++)
            if (8L * i > 3L * length && 8L * i < 5L * length) _spectrum[i] = 0;
        _fourier.Backward(_spectrum);
        for (int i = 0; i < length; i++) usual[i] = _spectrum[i].Real;
    }

    // The line through the usual points within 1, 3, 5, … steps, the fewest that hold enough of them.
    private static double LineAt(int at, ReadOnlySpan<double> values, ReadOnlySpan<double> scores)
    {
        int count = 0;
        double steps = 0, squares = 0, sum = 0, products = 0;
        for (int reach = 1; ; reach += 2)
        {
            for (int distance = Math.Max(1, reach - 1); distance <= reach; distance++)
            {
                Take(-distance, values, scores);
                Take(distance, values, scores);
            }
            if (count >= Neighbours || (at - reach <= 0 && at + reach >= values.Length - 1)) break;
        }
        double spread = count * squares - steps * steps;
        return count < 2 ? values[at] : (squares * sum - steps * products) / spread;

        void Take(int step, ReadOnlySpan<double> values, ReadOnlySpan<double> scores)
        {
            if (at + step < 0 || at + step >= values.Length || scores[at + step] > UsualScore) return;
            count++;
            steps += step;
            squares += (double)step * step;
            sum += values[at + step];
            products += step * values[at + step];
        }
    }
}
