namespace MLPipelines.Trainers.Trees;

/// <summary>
/// The Shapley values of the features of one row in one tree, in one walk over its leaves: on the way to a leaf it keeps, for each number of known features,
/// which share of all sets of that many lets the row arrive there (Lundberg, Erion and Lee 2018, algorithm 2). Serves one reader.
/// </summary>
internal sealed class TreeShapley
{
    // The path to each depth lies behind that to the one before.
    private readonly Step[] _steps;
    private readonly float[] _row;
    private readonly double[] _sums;

    /// <param name="depth">The most questions on the way to a leaf.</param>
    /// <param name="row">The features of the row, dense; the caller writes them.</param>
    /// <param name="sums">What the values are added to: one per feature, times the number of scores.</param>
    internal TreeShapley(int depth, float[] row, double[] sums) => (_steps, _row, _sums) = (new Step[(depth + 2) * (depth + 3) / 2], row, sums);

    /// <summary>A feature on the path.</summary>
    private struct Step
    {
        internal int Feature;

        /// <summary>The share of the training rows that go this way: what is left of a row whose feature is not known.</summary>
        internal double Unknown;

        /// <summary>1 where the row itself goes this way, 0 where not.</summary>
        internal double Known;

        /// <summary>The share of the sets with as many known features as the step's place that lets the row arrive.</summary>
        internal double Share;
    }

    /// <param name="tree">The tree.</param>
    /// <param name="score">The number of the score that it adds to.</param>
    internal void Add(DecisionTree tree, int score) =>
        Walk(tree, score * _row.Length, tree.NodeCount > 0 ? 0 : ~0, 0, 0, new Step { Feature = -1, Unknown = 1, Known = 1 });

    /// <summary>The share of the training rows that turn left at a node.</summary>
    internal static double LeftShare(DecisionTree tree, int node)
    {
        double left = Cover(tree.Left[node]), both = left + Cover(tree.Right[node]);
        return both > 0 ? left / both : 0.5;

        double Cover(int child) => child >= 0 ? tree.Covers[child] : tree.LeafCovers[~child];
    }

    private void Walk(DecisionTree tree, int firstSum, int node, int start, int length, Step last)
    {
        Span<Step> path = _steps.AsSpan(start, length + 1);
        Extend(path, last);
        if (node < 0)
        {
            double value = tree.LeafValues[~node];
            for (int i = 1; i < path.Length; i++)
                _sums[firstSum + path[i].Feature] += ShareWithout(path, i) * (path[i].Known - path[i].Unknown) * value;
            return;
        }
        int feature = tree.Features[node];
        double left = LeftShare(tree, node), unknown = 1, known = 1;
        for (int i = 1; i < path.Length; i++)
        {
            if (path[i].Feature != feature) continue;
            // A feature that was asked about before stands on the path once.
            (unknown, known) = (path[i].Unknown, path[i].Known);
            Remove(path, i);
            path = path[..^1];
            break;
        }
        bool goesLeft = tree.GoesLeft(node, _row);
        Turn(tree.Left[node], left, goesLeft, path);
        Turn(tree.Right[node], 1 - left, !goesLeft, path);

        void Turn(int child, double share, bool isOwn, Span<Step> path)
        {
            // What no training row and not the row itself reaches says nothing.
            if (unknown * share == 0 && !(isOwn && known > 0)) return;
            path.CopyTo(_steps.AsSpan(start + length + 1));
            Walk(tree, firstSum, child, start + length + 1, path.Length, new Step { Feature = feature, Unknown = unknown * share, Known = isOwn ? known : 0 });
        }
    }

    /// <summary>Puts a feature at the end of a path.</summary>
    private static void Extend(Span<Step> path, Step last)
    {
        int count = path.Length - 1;
        last.Share = count == 0 ? 1 : 0;
        path[count] = last;
        for (int i = count - 1; i >= 0; i--)
        {
            path[i + 1].Share += last.Known * path[i].Share * (i + 1) / (count + 1);
            path[i].Share = last.Unknown * path[i].Share * (count - i) / (count + 1);
        }
    }

    /// <summary>Takes a feature off a path, which becomes shorter by one: the inverse of putting it at the end.</summary>
    private static void Remove(Span<Step> path, int index)
    {
        int count = path.Length - 1;
        double known = path[index].Known, unknown = path[index].Unknown, next = path[count].Share;
        for (int i = count - 1; i >= 0; i--)
        {
            if (known != 0)
            {
                double share = path[i].Share;
                path[i].Share = next * (count + 1) / ((i + 1) * known);
                next = share - path[i].Share * unknown * (count - i) / (count + 1);
            }
            else path[i].Share = path[i].Share * (count + 1) / (unknown * (count - i));
        }
        for (int i = index; i < count; i++) (path[i].Feature, path[i].Unknown, path[i].Known) = (path[i + 1].Feature, path[i + 1].Unknown, path[i + 1].Known);
    }

    /// <summary>The sum of the shares of a path without one of its features.</summary>
    private static double ShareWithout(ReadOnlySpan<Step> path, int index)
    {
        int count = path.Length - 1;
        double known = path[index].Known, unknown = path[index].Unknown, next = path[count].Share, sum = 0;
        for (int i = count - 1; i >= 0; i--)
        {
            double share = known != 0 ? next * (count + 1) / ((i + 1) * known) : path[i].Share * (count + 1) / (unknown * (count - i));
            sum += share;
            if (known != 0) next = path[i].Share - share * unknown * (count - i) / (count + 1);
        }
        return sum;
    }
}
