namespace MLPipelines.Trainers;

/// <summary>
/// How the linear functions of a local deep support vector machine lie side by side: a classifier and a gate per node, and a branch
/// per node that is not a leaf. Node i has the children 2 i + 1 and 2 i + 2.
/// </summary>
/// <param name="Depth">How many branches lead to a leaf.</param>
internal readonly record struct LdSvmTree(int Depth)
{
    /// <summary>The nodes that are not leaves.</summary>
    internal int Branches => (1 << Depth) - 1;

    internal int Nodes => (2 << Depth) - 1;

    internal int Functions => 2 * Nodes + Branches;

    internal int Classifier(int node) => node;

    internal int Gate(int node) => Nodes + node;

    internal int Branch(int node) => 2 * Nodes + node;
}
