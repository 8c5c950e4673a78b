namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>Activations in double precision, straight from their definitions.</summary>
internal static class Functions
{
    internal static double Value(Activation activation, double x) => activation switch
    {
        Activation.None => x,
        Activation.Relu => Math.Max(0, x),
        Activation.Gelu => x * 0.5 * (1 + Erf(x / Math.Sqrt(2))),
        Activation.GeluTanh => x * 0.5 * (1 + Math.Tanh(Argument(x))),
        Activation.Silu => x / (1 + Math.Exp(-x)),
        Activation.Tanh => Math.Tanh(x),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    internal static double Derivative(Activation activation, double x) => activation switch
    {
        Activation.None => 1,
        Activation.Relu => x > 0 ? 1 : 0,
        Activation.Gelu => 0.5 * (1 + Erf(x / Math.Sqrt(2))) + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI),
        Activation.GeluTanh => 0.5 * (1 + Math.Tanh(Argument(x))) + x * 0.5 * (1 - Math.Pow(Math.Tanh(Argument(x)), 2)) * Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x),
        Activation.Silu => (1 + x * (1 - Value(Activation.Sigmoid, x))) * Value(Activation.Sigmoid, x),
        Activation.Tanh => 1 - Math.Tanh(x) * Math.Tanh(x),
        Activation.Sigmoid => Value(Activation.Sigmoid, x) * Value(Activation.Sigmoid, -x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    private static double Argument(double x) => Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);

    /// <summary>2/√π ∫ e^(-t²): its power series up to 3, beyond it the continued fraction of what is missing to 1 (Abramowitz and Stegun 7.1.6, 7.1.14).</summary>
    internal static double Erf(double x)
    {
        double size = Math.Abs(x), scale = 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x);
        if (size < 3)
        {
            double sum = 0, term = x;
            for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
            {
                sum += term;
                term *= 2 * x * x / (2 * n + 1);
            }
            return scale * sum;
        }
        double fraction = size;
        for (int n = 60; n > 0; n--) fraction = size + n / 2.0 / fraction;
        return Math.CopySign(1 - scale / 2 / fraction, x);
    }
}
