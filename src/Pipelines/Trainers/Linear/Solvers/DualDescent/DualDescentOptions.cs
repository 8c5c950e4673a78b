namespace MLPipelines.Trainers;

/// <summary>Settings of <see cref="OneVersusRestDualDescent"/>.</summary>
internal sealed record DualDescentOptions
{
    /// <summary>How much an example outside its margin costs, against ½‖w‖²; above 0. LIBLINEAR's <c>C</c>.</summary>
    public float Cost { get; init; } = 1;

    /// <summary>
    /// The value of the constant feature that carries the bias, which is regularized with the other weights: the larger the
    /// value, the freer the bias. 0 for no bias. scikit-learn's <c>intercept_scaling</c>.
    /// </summary>
    public float BiasScale { get; init; } = 1;

    /// <summary>Training ends when no projected gradient of the dual is larger; above 0.</summary>
    public float Tolerance { get; init; } = 0.1f;

    /// <summary>The largest number of passes over the examples; at least 1.</summary>
    public int MaximumPasses { get; init; } = 30;

    /// <summary>A factor on <see cref="Cost"/> for the examples of each class in its own problem; <see langword="null"/> for 1.</summary>
    public float[]? ClassCosts { get; init; }

    /// <summary>A factor on <see cref="Cost"/> for each row of the matrix; rows of weight 0 are left out; <see langword="null"/> for 1.</summary>
    public float[]? RowWeights { get; init; }

    /// <summary>Decides the order in which examples are visited, the same for all classes.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// The weights that regularization pulls towards, feature-major with the stride of <see cref="ClassStride"/>: ½‖w − center‖² takes
    /// the place of ½‖w‖². <see langword="null"/> for zero.
    /// </summary>
    public float[]? Center { get; init; }

    /// <summary>How many blocks of classes are trained at a time; <see langword="null"/> for all cores. It does not change the result.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>How many classes are trained side by side (16, 8, 4 or 1); <see langword="null"/> for what suits the machine.</summary>
    public int? BlockWidth { get; init; }
}

/// <summary>What <see cref="OneVersusRestDualDescent"/> found: one linear function per problem.</summary>
/// <param name="Weights">Feature-major: the weight of feature j in problem p is at <c>j * Stride + p</c>.</param>
/// <param name="Stride">The distance between features: the number of problems rounded up, see <see cref="ClassStride"/>.</param>
/// <param name="Biases">One per problem.</param>
/// <param name="Passes">The passes over the examples of the problem that took longest.</param>
/// <param name="Violation">The largest projected gradient in the last complete pass.</param>
/// <param name="HasConverged">Whether <see cref="Violation"/> is within the tolerance.</param>
internal sealed record DualDescentResult(float[] Weights, int Stride, float[] Biases, int Passes, float Violation, bool HasConverged);
