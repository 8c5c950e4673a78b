namespace MLPipelines.Tensors.Cpu;

/// <summary>Activations and their derivatives.</summary>
internal static unsafe class ActivationKernels
{
    internal static void Run(Activation activation, float* x, float* y, int count)
    {
        switch (activation)
        {
            case Activation.Relu: for (int i = 0; i < count; i++) y[i] = MathF.Max(x[i], 0); break;
            case Activation.Gelu: for (int i = 0; i < count; i++) y[i] = x[i] * NormalCdf(x[i]); break;
            case Activation.Silu: for (int i = 0; i < count; i++) y[i] = x[i] * Sigmoid(x[i]); break;
            case Activation.Tanh: for (int i = 0; i < count; i++) y[i] = MathF.Tanh(x[i]); break;
            case Activation.Sigmoid: for (int i = 0; i < count; i++) y[i] = Sigmoid(x[i]); break;
            default: if (x != y) new ReadOnlySpan<float>(x, count).CopyTo(new Span<float>(y, count)); break;
        }
    }

    internal static void Gradient(Activation activation, float* input, float* dy, float* dx, int count)
    {
        for (int i = 0; i < count; i++)
        {
            float v = input[i];
            dx[i] = dy[i] * activation switch
            {
                Activation.Relu => v > 0 ? 1 : 0,
                Activation.Gelu => NormalCdf(v) + v * 0.3989423f * MathF.Exp(-0.5f * v * v),
                Activation.Silu => Sigmoid(v) * (1 + v * (1 - Sigmoid(v))),
                Activation.Tanh => 1 - v * v,
                Activation.Sigmoid => v * (1 - v),
                _ => 1,
            };
        }
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    private static float NormalCdf(float x) => 0.5f * (float)ErrorFunction.Complement(-x * 0.70710678118654752);
}
