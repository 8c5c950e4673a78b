namespace MLPipelines.Calibrators;

/// <summary>
/// Finds the sigmoid of scores with the smallest log loss. The target of a positive row is (P + 1) / (P + 2) and that of a negative
/// one 1 / (N + 2), with P and N the weights of the two classes: rows that are all told apart do not make anything certain.
/// </summary>
/// <remarks>
/// Platt, "Probabilistic Outputs for Support Vector Machines" (1999), section 2.2. Solved by Newton's method with halved steps, as in
/// Lin, Lin and Weng, "A Note on Platt's Probabilistic Outputs for Support Vector Machines" (2007).
/// </remarks>
internal static class SigmoidFit
{
    private const int MaximumIterations = 100;
    private const double Ridge = 1e-12, SmallestGradient = 1e-9, SmallestStep = 1e-10, SufficientDecrease = 1e-4;

    internal static PlattCalibrator Learn(ScoredExamples examples)
    {
        var (mean, deviation, positive, negative) = Describe(examples);
        if (deviation == 0) return new PlattCalibrator(0, Math.Log((negative + 1) / (positive + 1)));
        double high = (positive + 1) / (positive + 2), low = 1 / (negative + 2), total = positive + negative;

        // Scores are standardized meanwhile, so that the same tolerances suit scores of any scale.
        double slope = 0, offset = Math.Log((negative + 1) / (positive + 1)), loss = Loss(slope, offset);
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            double gradientSlope = 0, gradientOffset = 0, slopes = Ridge, offsets = Ridge, both = 0;
            for (int row = 0; row < examples.Count; row++)
            {
                double score = Standardized(row), weight = examples.WeightOf(row);
                double p = 1 / (1 + Math.Exp(slope * score + offset));
                double first = weight * (Target(row) - p), second = weight * p * (1 - p);
                gradientSlope += first * score;
                gradientOffset += first;
                slopes += second * score * score;
                offsets += second;
                both += second * score;
            }
            if (Math.Max(Math.Abs(gradientSlope), Math.Abs(gradientOffset)) < SmallestGradient * total) break;
            double determinant = slopes * offsets - both * both;
            double stepSlope = -(offsets * gradientSlope - both * gradientOffset) / determinant;
            double stepOffset = -(slopes * gradientOffset - both * gradientSlope) / determinant;
            double descent = gradientSlope * stepSlope + gradientOffset * stepOffset, size = 1;
            for (; size >= SmallestStep; size /= 2)
            {
                double next = Loss(slope + size * stepSlope, offset + size * stepOffset);
                if (!(next < loss + SufficientDecrease * size * descent)) continue;
                (slope, offset, loss) = (slope + size * stepSlope, offset + size * stepOffset, next);
                break;
            }
            // Nearer to the optimum than the precision of the loss can tell.
            if (size < SmallestStep) break;
        }
        return new PlattCalibrator(slope / deviation, offset - slope * mean / deviation);

        double Standardized(int row) => (examples.Scores[row] - mean) / deviation;

        double Target(int row) => examples.IsPositive[row] ? high : low;

        double Loss(double a, double b)
        {
            double sum = 0;
            for (int row = 0; row < examples.Count; row++)
            {
                double exponent = a * Standardized(row) + b;
                sum += examples.WeightOf(row) * (Target(row) * exponent + Math.Max(0, -exponent) + double.LogP1(Math.Exp(-Math.Abs(exponent))));
            }
            return sum;
        }
    }

    private static (double Mean, double Deviation, double Positive, double Negative) Describe(ScoredExamples examples)
    {
        double positive = 0, negative = 0, sum = 0, squares = 0;
        for (int row = 0; row < examples.Count; row++)
        {
            double weight = examples.WeightOf(row);
            if (examples.IsPositive[row]) positive += weight;
            else negative += weight;
            sum += weight * examples.Scores[row];
        }
        double mean = sum / (positive + negative);
        for (int row = 0; row < examples.Count; row++) squares += examples.WeightOf(row) * (examples.Scores[row] - mean) * (examples.Scores[row] - mean);
        return (mean, Math.Sqrt(squares / (positive + negative)), positive, negative);
    }
}
