namespace MLPipelines.Recommendation;

/// <summary>How <see cref="ImplicitAlsMethod"/> learns.</summary>
public sealed record ImplicitAlsOptions : FactorOptions
{
    /// <summary>How much more certain an interaction is than that nothing happened: its confidence is 1 + Alpha · value; at least 0.</summary>
    public double Alpha { get; init; } = 10;

    /// <summary>λ, the weight of the squares of vectors; at least 0, and not 0 where users have fewer items than vectors have numbers.</summary>
    public double Regularization { get; init; } = 0.03;

    /// <summary>
    /// ν: the squares of a vector count λ · (sum of its confidences)^ν; at least 0. With 0 all vectors count the same, as in Hu, Koren and Volinsky; with 1 those of users and items
    /// with much data are held as tightly as others (Rendle et al. 2021).
    /// </summary>
    public double RegularizationPower { get; init; } = 1;

    /// <summary>Whether every interaction counts 1, whatever its value: right where values spread over orders of magnitude, as plays do.</summary>
    public bool IsBinary { get; init; }

    internal override void Check()
    {
        base.Check();
        RequireAtLeastZero(Alpha, nameof(Alpha));
        RequireAtLeastZero(Regularization, nameof(Regularization));
        RequireAtLeastZero(RegularizationPower, nameof(RegularizationPower));
    }

    /// <summary>How much more certain a value is than that nothing happened.</summary>
    internal double ConfidenceOf(float value) => Alpha * (IsBinary ? 1 : value);
}
