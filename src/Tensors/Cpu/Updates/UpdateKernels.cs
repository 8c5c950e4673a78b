using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Tensors.Cpu;

/// <summary>The steps of optimizers.</summary>
internal static unsafe class UpdateKernels
{
    internal static void Sgd(in SgdStep step, float* w, float* g, float* v, int count)
    {
        for (int i = 0; i < count; i++)
        {
            float direction = g[i] + step.WeightDecay * w[i];
            if (v is not null)
            {
                v[i] = step.Momentum * v[i] + direction;
                direction = step.IsNesterov ? direction + step.Momentum * v[i] : v[i];
            }
            w[i] -= step.Rate * direction;
        }
    }

    internal static void Adam(in AdamStep step, float* w, float* g, float* mean, float* square, int count)
    {
        float keep = step.IsDecoupled ? 1 - step.Rate * step.WeightDecay : 1, added = step.IsDecoupled ? 0 : step.WeightDecay;
        float rate = step.Rate / step.Correction1, root = 1 / MathF.Sqrt(step.Correction2);
        for (int i = 0; i < count; i++)
        {
            float gradient = g[i] + added * w[i];
            mean[i] = step.Beta1 * mean[i] + (1 - step.Beta1) * gradient;
            square[i] = step.Beta2 * square[i] + (1 - step.Beta2) * gradient * gradient;
            w[i] = keep * w[i] - rate * mean[i] / (MathF.Sqrt(square[i]) * root + step.Epsilon);
        }
    }

    internal static double SumOfSquares(float* x, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += (double)x[i] * x[i];
        return sum;
    }

    internal static void Scale(float* x, int count, float factor)
    {
        for (int i = 0; i < count; i++) x[i] *= factor;
    }
}
