using System.Numerics;

namespace MLPipelines.TimeSeries;

/// <summary>What training a singular spectrum analysis found out.</summary>
public sealed class SsaModelInfo
{
    internal SsaModelInfo(int windowSize, int rank, double[] spectrum, double[] coefficients, Complex[] rootsBefore, Complex[] rootsAfter) =>
        (WindowSize, Rank, Spectrum, AutoRegressiveCoefficients, RootsBeforeStabilization, RootsAfterStabilization) =
            (windowSize, rank, spectrum, coefficients, rootsBefore, rootsAfter);

    /// <summary>The length of the windows.</summary>
    public int WindowSize { get; }

    /// <summary>The number of components that are the signal.</summary>
    public int Rank { get; }

    /// <summary>The squared singular values of all components, largest first.</summary>
    public IReadOnlyList<double> Spectrum { get; }

    /// <summary>What the last values of the signal are multiplied by for the next one, oldest first; one fewer than the window is long.</summary>
    public IReadOnlyList<double> AutoRegressiveCoefficients { get; }

    /// <summary>The roots of the recursion's characteristic polynomial as it was learned; empty where stabilization was off or had nothing to do.</summary>
    public IReadOnlyList<Complex> RootsBeforeStabilization { get; }

    /// <summary>The roots after stabilization, in no order that matches the others.</summary>
    public IReadOnlyList<Complex> RootsAfterStabilization { get; }
}
