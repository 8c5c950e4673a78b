using System.Numerics.Tensors;

namespace MLPipelines.Trainers.Trees;

/// <summary>Log loss of two classes, of labels above 0 and others: the probability of the first is 1 / (1 + e^(−slope · score)).</summary>
/// <param name="slope">How sharp; above 0.</param>
/// <param name="positiveWeight">How much the first class counts.</param>
internal sealed class LogisticObjective(double slope = 1, double positiveWeight = 1) : BoostingObjective
{
    public override double[] InitialScores(BoostingSet rows)
    {
        double positive = 0, all = 0;
        for (int i = 0; i < rows.RowCount; i++)
        {
            double weight = (rows.Weights is null ? 1 : rows.Weights[i]) * (rows.Labels[i] > 0 ? positiveWeight : 1);
            all += weight;
            if (rows.Labels[i] > 0) positive += weight;
        }
        // Of one class alone, nearly certain.
        double share = Math.Clamp(positive / all, 1e-10, 1 - 1e-10);
        return [Math.Log(share / (1 - share)) / slope];
    }

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        float sharpness = (float)slope, positive = (float)positiveWeight;
        TensorPrimitives.Multiply(scores, sharpness, gradients);
        TensorPrimitives.Sigmoid(gradients, gradients);
        for (int i = 0; i < labels.Length; i++)
        {
            float p = gradients[i], weight = labels[i] > 0 ? positive : 1;
            gradients[i] = weight * sharpness * (labels[i] > 0 ? p - 1 : p);
            hessians[i] = weight * sharpness * sharpness * p * (1 - p);
        }
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double margin = slope * (labels[i] > 0 ? scores[i] : -scores[i]);
            double loss = margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;
            sum += (labels[i] > 0 ? positiveWeight : 1) * loss;
        }
        return sum;
    }
}

/// <summary>Log loss of several classes: probabilities are e^score over their sum.</summary>
/// <param name="classes">At least 2.</param>
internal sealed class SoftmaxObjective(int classes) : BoostingObjective
{
    public override int OutputCount => classes;

    public override string? LabelProblem(float label) => label >= 0 && label < classes && label == (int)label ? null : $"a class from 0 to {classes - 1}";

    public override double[] InitialScores(BoostingSet rows)
    {
        double[] weights = new double[classes];
        for (int i = 0; i < rows.RowCount; i++) weights[(int)rows.Labels[i]] += rows.Weights is null ? 1 : rows.Weights[i];
        double all = weights.Sum();
        return Array.ConvertAll(weights, weight => Math.Log(Math.Max(weight / all, 1e-10)));
    }

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        int count = labels.Length;
        Span<float> most = hessians[..count], sum = hessians[count..(2 * count)];
        scores[..count].CopyTo(most);
        for (int k = 1; k < classes; k++) TensorPrimitives.Max(most, scores.Slice(k * count, count), most);
        for (int k = 0; k < classes; k++)
        {
            Span<float> part = gradients.Slice(k * count, count);
            TensorPrimitives.Subtract(scores.Slice(k * count, count), most, part);
            TensorPrimitives.Exp(part, part);
            if (k == 0) part.CopyTo(sum);
            else TensorPrimitives.Add(sum, part, sum);
        }
        for (int k = 0; k < classes; k++) TensorPrimitives.Divide(gradients.Slice(k * count, count), sum, gradients.Slice(k * count, count));
        // The diagonal of the curvature; a score that is moved alone, the others fixed, would go this much too far: Friedman's factor K / (K − 1).
        float factor = classes / (classes - 1f);
        for (int i = 0; i < gradients.Length; i++) hessians[i] = factor * gradients[i] * (1 - gradients[i]);
        for (int i = 0; i < count; i++) gradients[(int)labels[i] * count + i] -= 1;
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        int count = labels.Length;
        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            double most = double.NegativeInfinity, sum = 0;
            for (int k = 0; k < classes; k++) most = Math.Max(most, scores[k * count + i]);
            for (int k = 0; k < classes; k++) sum += Math.Exp(scores[k * count + i] - most);
            loss += most + Math.Log(sum) - scores[(int)labels[i] * count + i];
        }
        return loss;
    }
}
