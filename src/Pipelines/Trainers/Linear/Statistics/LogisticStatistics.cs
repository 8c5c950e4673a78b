using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>The statistics of a logistic regression.</summary>
internal static class LogisticStatistics
{
    internal static ModelStatisticsBase Of(TrainingSet examples, float[] weights, float bias, float l2, bool withErrors, string name, CancellationToken cancellation)
    {
        double deviance = 0, sum = 0, positive = 0;
        long count = 0;
        double[] curvatures = new double[examples.RowCount];
        for (int row = 0; row < curvatures.Length; row++)
        {
            RowVector<float> features = examples.Features[row];
            double weight = examples.WeightOf(row), p;
            if (weight == 0) continue;
            float score = LinearScores.Dot(features, weights) + bias;
            count++;
            sum += weight;
            if (examples.Labels[row] > 0) positive += weight;
            deviance += 2 * weight * default(LogisticDualLoss).Loss(score, examples.Labels[row]);
            p = 1 / (1 + Math.Exp(-Math.Abs((double)score)));
            curvatures[row] = weight * p * (1 - p);
        }
        double share = positive / sum, none = -2 * sum * (share * Math.Log(share) + (1 - share) * Math.Log(1 - share));
        bool[] isOut = Array.ConvertAll(weights, weight => weight == 0);
        int parameters = 1 + isOut.Count(o => !o);
        if (!withErrors) return new ModelStatisticsBase(count, parameters, (float)deviance, (float)none);
        var equations = new RidgeEquations(examples.Features, curvatures, targets: null, l2, isOut, name, cancellation);
        float[] errors = Array.ConvertAll(equations.Variances(), variance => (float)Math.Sqrt(Math.Max(0, variance)));
        for (int i = 0; i < isOut.Length; i++)
            if (isOut[i]) errors[i + 1] = float.NaN;
        return new LinearModelParameterStatistics(count, parameters, (float)deviance, (float)none, errors, weights, bias);
    }
}
