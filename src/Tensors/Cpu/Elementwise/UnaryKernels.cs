namespace MLPipelines.Tensors.Cpu;

/// <summary>Functions of one number, over many.</summary>
internal static unsafe class UnaryKernels
{
    internal static void Run(UnaryFunction function, float* x, float* y, int count)
    {
        switch (function)
        {
            case UnaryFunction.Negate: for (int i = 0; i < count; i++) y[i] = -x[i]; break;
            case UnaryFunction.Exp: for (int i = 0; i < count; i++) y[i] = MathF.Exp(x[i]); break;
            case UnaryFunction.Log: for (int i = 0; i < count; i++) y[i] = MathF.Log(x[i]); break;
            case UnaryFunction.Sqrt: for (int i = 0; i < count; i++) y[i] = MathF.Sqrt(x[i]); break;
            case UnaryFunction.Abs: for (int i = 0; i < count; i++) y[i] = MathF.Abs(x[i]); break;
            case UnaryFunction.Sign: for (int i = 0; i < count; i++) y[i] = x[i] > 0 ? 1 : x[i] < 0 ? -1 : x[i]; break;
            case UnaryFunction.Square: for (int i = 0; i < count; i++) y[i] = x[i] * x[i]; break;
            case UnaryFunction.Sin: for (int i = 0; i < count; i++) y[i] = MathF.Sin(x[i]); break;
            case UnaryFunction.Cos: for (int i = 0; i < count; i++) y[i] = MathF.Cos(x[i]); break;
        }
    }
}
