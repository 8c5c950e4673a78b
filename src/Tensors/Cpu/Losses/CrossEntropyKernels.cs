namespace MLPipelines.Tensors.Cpu;

/// <summary>The mean cross-entropy of rows with its derivative: with p the softmax and t the weighted target, p Σ t - t.</summary>
internal static unsafe class CrossEntropyKernels
{
    internal static void Run(float* x, void* targets, bool isByClass, float* weights, float smoothing, float* loss, float* dx, int rows, int columns)
    {
        double divisor = rows;
        if (isByClass && weights is not null)
        {
            divisor = 0;
            for (int row = 0; row < rows; row++) divisor += weights[((long*)targets)[row]];
        }
        double sum = 0;
        float scale = (float)(1 / divisor), even = smoothing / columns;
        for (int row = 0; row < rows; row++, x += columns)
        {
            float shift = SoftmaxKernels.LogSumExp(x, columns), mass = 0;
            double rowLoss = 0;
            float* soft = isByClass ? null : (float*)targets + (long)row * columns;
            int known = isByClass ? (int)((long*)targets)[row] : -1;
            for (int i = 0; i < columns; i++)
            {
                float target = even + (1 - smoothing) * (soft is null ? i == known ? 1 : 0 : soft[i]);
                if (weights is not null) target *= weights[i];
                // 0 · ∞ would be NaN for a class that cannot be and is not.
                if (target != 0) rowLoss += target * (double)(shift - x[i]);
                mass += target;
                if (dx is not null) dx[i] = -target * scale;
            }
            sum += rowLoss;
            if (dx is null) continue;
            for (int i = 0; i < columns; i++) dx[i] += MathF.Exp(x[i] - shift) * mass * scale;
            dx += columns;
        }
        *loss = (float)(sum / divisor);
    }
}
