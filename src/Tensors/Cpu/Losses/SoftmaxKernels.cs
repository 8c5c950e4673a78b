namespace MLPipelines.Tensors.Cpu;

/// <summary>The softmax of rows and its logarithm, with their derivatives.</summary>
internal static unsafe class SoftmaxKernels
{
    internal static void Run(float* x, float* y, int rows, int columns, bool isLog)
    {
        for (int row = 0; row < rows; row++, x += columns, y += columns)
        {
            float shift = LogSumExp(x, columns);
            for (int i = 0; i < columns; i++) y[i] = isLog ? x[i] - shift : MathF.Exp(x[i] - shift);
        }
    }

    internal static void Gradient(float* y, float* dy, float* dx, int rows, int columns, bool isLog)
    {
        for (int row = 0; row < rows; row++, y += columns, dy += columns, dx += columns)
        {
            float sum = 0;
            for (int i = 0; i < columns; i++) sum += isLog ? dy[i] : dy[i] * y[i];
            for (int i = 0; i < columns; i++) dx[i] = isLog ? dy[i] - MathF.Exp(y[i]) * sum : y[i] * (dy[i] - sum);
        }
    }

    internal static float LogSumExp(float* x, int columns)
    {
        float greatest = float.NegativeInfinity, sum = 0;
        for (int i = 0; i < columns; i++) greatest = MathF.Max(greatest, x[i]);
        if (float.IsInfinity(greatest)) greatest = 0;
        for (int i = 0; i < columns; i++) sum += MathF.Exp(x[i] - greatest);
        return greatest + MathF.Log(sum);
    }
}
