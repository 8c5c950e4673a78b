namespace MLPipelines.TimeSeries;

/// <summary>Facts of the polynomials 1 − φ₁B − … − φₚBᵖ, given by their coefficients φ.</summary>
internal static class ArmaPolynomial
{
    /// <summary>Multiplies a polynomial with one in powers of a whole season.</summary>
    /// <param name="coefficients">Those of the short one.</param>
    /// <param name="seasonal">Those of the seasonal one.</param>
    /// <param name="season">The length of a season.</param>
    /// <param name="product">Receives the coefficients of the product, and zeros after them.</param>
    internal static void Multiply(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> seasonal, int season, Span<double> product)
    {
        product.Clear();
        coefficients.CopyTo(product);
        for (int j = 0; j < seasonal.Length; j++)
        {
            int shift = (j + 1) * season;
            product[shift - 1] += seasonal[j];
            for (int i = 0; i < coefficients.Length; i++) product[shift + i] -= coefficients[i] * seasonal[j];
        }
    }

    /// <summary>
    /// Any numbers to the coefficients of a stationary polynomial: their hyperbolic tangents are its partial autocorrelations
    /// (Barndorff-Nielsen and Schou 1973).
    /// </summary>
    internal static void FromFree(ReadOnlySpan<double> free, Span<double> coefficients)
    {
        for (int m = 0; m < free.Length; m++) Extend(coefficients, m, Math.Tanh(free[m]));
    }

    /// <summary>Whether every root lies further out than a radius.</summary>
    internal static bool RootsLieOutside(ReadOnlySpan<double> coefficients, double radius)
    {
        Span<double> scaled = stackalloc double[coefficients.Length];
        double power = 1;
        for (int i = 0; i < scaled.Length; i++) scaled[i] = coefficients[i] * (power *= radius);
        for (int m = scaled.Length - 1; m >= 0; m--)
            if (!Shorten(scaled, m)) return false;
        return true;
    }

    /// <summary>The autocovariances of the autoregression with errors of variance 1, by the recursions of Durbin and Levinson backwards and forwards.</summary>
    /// <param name="coefficients">φ of a stationary autoregression.</param>
    /// <param name="scratch">As long as the coefficients.</param>
    /// <param name="autocovariances">Receives as many as it is long; NaN when the autoregression is not stationary.</param>
    internal static void Autocovariances(ReadOnlySpan<double> coefficients, Span<double> scratch, Span<double> autocovariances)
    {
        int p = coefficients.Length;
        coefficients.CopyTo(scratch);
        double variance = 1;
        for (int m = p - 1; m >= 0; m--)
        {
            double partial = scratch[m];
            if (!Shorten(scratch, m))
            {
                autocovariances.Fill(double.NaN);
                return;
            }
            variance /= 1 - partial * partial;
        }
        // Now scratch holds the partial autocorrelations.
        autocovariances[0] = variance;
        for (int lag = 1; lag < autocovariances.Length; lag++)
        {
            if (lag <= p) Extend(scratch, lag - 1, scratch[lag - 1]);
            double sum = 0;
            for (int i = 0; i < Math.Min(lag, p); i++) sum += scratch[i] * autocovariances[lag - 1 - i];
            autocovariances[lag] = sum;
        }
    }

    /// <summary>From the best predictor by m values to that by m + 1, whose last coefficient is the partial autocorrelation.</summary>
    private static void Extend(Span<double> coefficients, int m, double partial)
    {
        for (int i = 0; i < m - 1 - i; i++)
            (coefficients[i], coefficients[m - 1 - i]) = (coefficients[i] - partial * coefficients[m - 1 - i], coefficients[m - 1 - i] - partial * coefficients[i]);
        if (m % 2 == 1) coefficients[m / 2] *= 1 - partial;
        coefficients[m] = partial;
    }

    /// <summary>The other way round; false when it shows that the polynomial is not stationary.</summary>
    private static bool Shorten(Span<double> coefficients, int m)
    {
        double partial = coefficients[m], rest = 1 - partial * partial;
        if (!(rest > 0)) return false;
        for (int i = 0; i < m - 1 - i; i++)
            (coefficients[i], coefficients[m - 1 - i]) = ((coefficients[i] + partial * coefficients[m - 1 - i]) / rest, (coefficients[m - 1 - i] + partial * coefficients[i]) / rest);
        if (m % 2 == 1) coefficients[m / 2] /= 1 - partial;
        return true;
    }
}
