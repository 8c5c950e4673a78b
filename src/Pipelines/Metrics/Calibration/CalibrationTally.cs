namespace MLPipelines.Data;

/// <summary>Probabilities, and whether they came true, put into bins.</summary>
internal sealed class CalibrationTally
{
    private readonly List<double> _probabilities = [], _weights = [];
    private readonly List<bool> _cameTrue = [];

    internal bool IsEmpty => _probabilities.Count == 0;

    internal void Add(double probability, bool cameTrue, double weight)
    {
        if (weight == 0) return;
        _probabilities.Add(probability);
        _cameTrue.Add(cameTrue);
        _weights.Add(weight);
    }

    internal CalibrationMetrics Finish(int numberOfBins, CalibrationBinning binning)
    {
        double[] borders = binning == CalibrationBinning.Uniform ? [.. Enumerable.Range(1, numberOfBins - 1).Select(i => (double)i / numberOfBins)] : Quantiles(numberOfBins);
        double[] weights = new double[numberOfBins], sums = new double[numberOfBins], trues = new double[numberOfBins];
        double brier = 0;
        for (int i = 0; i < _probabilities.Count; i++)
        {
            double probability = _probabilities[i], weight = _weights[i];
            int bin = Array.BinarySearch(borders, probability);
            if (bin < 0) bin = ~bin;
            // Equal borders enclose no bin of their own.
            while (bin > 0 && borders[bin - 1] == probability) bin--;
            weights[bin] += weight;
            sums[bin] += weight * probability;
            if (_cameTrue[i]) trues[bin] += weight;
            brier += weight * Math.Pow(probability - (_cameTrue[i] ? 1 : 0), 2);
        }
        return new CalibrationMetrics(
            [.. Enumerable.Range(0, numberOfBins).Where(bin => weights[bin] > 0).Select(bin => new CalibrationBin(sums[bin] / weights[bin], trues[bin] / weights[bin], weights[bin]))],
            brier / weights.Sum());
    }

    /// <summary>The values below which 1 / n, 2 / n and so on of the probabilities are, interpolated between neighbours.</summary>
    private double[] Quantiles(int count)
    {
        double[] rising = [.. _probabilities.Order()];
        return [.. Enumerable.Range(1, count - 1).Select(i =>
        {
            double place = (double)i / count * (rising.Length - 1);
            int below = (int)place;
            return rising[below] + (place - below) * (rising[Math.Min(below + 1, rising.Length - 1)] - rising[below]);
        })];
    }
}
