using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>
/// Finds the factor on margins whose softmax has the smallest log loss. One number cannot change which class is first.
/// (Guo et al., "On Calibration of Modern Neural Networks", 2017, section 4.2.)
/// </summary>
/// <remarks>
/// Of n rows, the right class is taken to be right with a probability of 1 − 1 / (n + 2), and the best of the others to be so otherwise:
/// a few rows that are all right do not make anything certain. (Platt, "Probabilistic Outputs for Support Vector Machines", 1999, section 2.2.)
/// </remarks>
internal static class TemperatureScaling
{
    private const float Smallest = 0.01f, Largest = 100;

    /// <param name="margins">Row after row, one margin per class; of examples that the margins were not learned from.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="classCount">The number of classes.</param>
    internal static float InverseTemperature(ReadOnlySpan<float> margins, ReadOnlySpan<int> labels, int classCount)
    {
        // The loss is convex in the factor, so a search by golden sections over its logarithm (where it has one minimum) ends there.
        double low = Math.Log(Smallest), high = Math.Log(Largest), ratio = (Math.Sqrt(5) - 1) / 2;
        double a = high - ratio * (high - low), b = low + ratio * (high - low);
        double lossA = LogLoss(margins, labels, classCount, (float)Math.Exp(a)), lossB = LogLoss(margins, labels, classCount, (float)Math.Exp(b));
        while (high - low > 0.005)
        {
            if (lossA < lossB)
            {
                (high, b, lossB) = (b, a, lossA);
                a = high - ratio * (high - low);
                lossA = LogLoss(margins, labels, classCount, (float)Math.Exp(a));
            }
            else
            {
                (low, a, lossA) = (a, b, lossB);
                b = low + ratio * (high - low);
                lossB = LogLoss(margins, labels, classCount, (float)Math.Exp(b));
            }
        }
        return (float)Math.Exp((low + high) / 2);
    }

    private static double LogLoss(ReadOnlySpan<float> margins, ReadOnlySpan<int> labels, int classCount, float factor)
    {
        float[] scaled = new float[classCount];
        double doubt = 1.0 / (labels.Length + 2), loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            TensorPrimitives.Multiply(margins.Slice(row * classCount, classCount), factor, scaled);
            float largest = TensorPrimitives.Max<float>(scaled), own = scaled[labels[row]];
            scaled[labels[row]] = float.NegativeInfinity;
            float rival = TensorPrimitives.Max<float>(scaled);
            scaled[labels[row]] = own;
            TensorPrimitives.Subtract(scaled, largest, scaled);
            TensorPrimitives.Exp(scaled, scaled);
            loss += Math.Log(TensorPrimitives.Sum<float>(scaled)) + largest - (1 - doubt) * own - doubt * rival;
        }
        return loss / labels.Length;
    }
}
