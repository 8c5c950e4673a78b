namespace MLPipelines.Trainers.FastTree;

/// <summary>Trees whose outputs are added up. Immutable.</summary>
/// <typeparam name="T">The kind of tree.</typeparam>
public abstract class TreeEnsemble<T> where T : RegressionTreeBase
{
    private protected TreeEnsemble(IReadOnlyList<T> trees, double bias) => (Trees, Bias, TreeWeights) = (trees, bias, [.. trees.Select(_ => 1.0)]);

    /// <summary>What is added to the sum over the trees.</summary>
    public double Bias { get; }

    /// <summary>How much each tree counts: 1, since the leaves hold what they add.</summary>
    public IReadOnlyList<double> TreeWeights { get; }

    public IReadOnlyList<T> Trees { get; }
}

/// <summary>The trees of a boosted model.</summary>
public sealed class RegressionTreeEnsemble : TreeEnsemble<RegressionTree>
{
    internal RegressionTreeEnsemble(IReadOnlyList<RegressionTree> trees, double bias) : base(trees, bias) { }
}

/// <summary>The trees of a forest.</summary>
public sealed class QuantileRegressionTreeEnsemble : TreeEnsemble<QuantileRegressionTree>
{
    internal QuantileRegressionTreeEnsemble(IReadOnlyList<QuantileRegressionTree> trees, double bias) : base(trees, bias) { }
}
