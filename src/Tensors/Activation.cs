namespace MLPipelines.Tensors;

/// <summary>A function of one number that follows a layer.</summary>
public enum Activation
{
    /// <summary>x.</summary>
    None,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016), exact by erf.</summary>
    Gelu,

    /// <summary>x / (1 + exp(-x)).</summary>
    Silu,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>x / 2 (1 + tanh(√(2/π) (x + 0.044715 x³))): GELU as it was computed at first (Hendrycks and Gimpel 2016).</summary>
    GeluTanh,
}
