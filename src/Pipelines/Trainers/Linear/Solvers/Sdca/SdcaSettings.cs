namespace MLPipelines.Trainers;

/// <summary>Settings of the dual coordinate ascent solvers.</summary>
internal sealed record SdcaSettings
{
    /// <summary>λ: the weight of ½‖w‖²; above 0.</summary>
    public required float L2 { get; init; }

    /// <summary>θ: the weight of ‖w‖₁ relative to that of ½‖w‖²; weights are shrunk by it.</summary>
    public float L1Threshold { get; init; }

    public required int MaximumPasses { get; init; }

    /// <summary>Whether λ is raised to what the passes suffice for (<see cref="Within"/>).</summary>
    public bool RaiseL2 { get; init; }

    /// <summary>Ends when the duality gap is smaller, relative to the primal objective.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>
    /// After how many passes the duality gap is computed; 0 for never, <see langword="null"/> for when the examples of the last
    /// pass suggest that it is small enough.
    /// </summary>
    public int? CheckFrequency { get; init; }

    public bool Shuffle { get; init; } = true;

    public int Seed { get; init; }

    /// <summary>Whether the bias is left out of the regularization.</summary>
    public bool FreeBias { get; init; }

    /// <summary>How many threads compute the duality gap. The passes themselves are sequential.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// The settings for these examples. A step changes the score of its own example by up to the curvature q = ‖x‖² / (λ n), and it
    /// takes about q / 4 passes until the examples agree (the log loss bends by 1/4). With fewer, the end is what the last examples
    /// wanted, far from the optimum on either side: a λ that the passes suffice for comes closer to it.
    /// </summary>
    /// <param name="examples">The examples.</param>
    /// <param name="norms">The squared lengths of their features.</param>
    internal SdcaSettings Within(TrainingSet examples, float[] norms)
    {
        if (!RaiseL2) return this;
        double sum = 0;
        for (int row = 0; row < norms.Length; row++) sum += (double)norms[row] * examples.WeightOf(row);
        double mean = sum / norms.Length;
        return this with { L2 = Math.Max(L2, (float)(mean / (4.0 * MaximumPasses * norms.Length))) };
    }
}

/// <summary>How a dual coordinate ascent solver stands after a pass.</summary>
/// <param name="Pass">The passes that are done.</param>
/// <param name="Primal">The primal objective; estimated from the last pass unless <paramref name="IsExact"/>.</param>
/// <param name="Gap">The duality gap, an upper bound of the distance to the optimum; estimated likewise.</param>
/// <param name="IsExact">Whether the numbers were computed from all examples with the present weights.</param>
internal readonly record struct SdcaState(int Pass, double Primal, double Gap, bool IsExact)
{
    internal bool IsWithin(double tolerance) => Gap <= tolerance * Math.Abs(Primal);
}
