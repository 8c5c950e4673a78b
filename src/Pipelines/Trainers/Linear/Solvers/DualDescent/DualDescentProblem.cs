using System.Runtime.CompilerServices;

namespace MLPipelines.Trainers;

/// <summary>What the blocks of classes share: the examples, their classes and what is computed from them once.</summary>
internal sealed class DualDescentProblem
{
    internal DualDescentProblem(FeatureMatrix features, int[] classes, int classCount, DualDescentOptions options, int[]? rows)
    {
        (Features, Classes, ClassCount, Options) = (features, classes, classCount, options);
        float[]? weights = options.RowWeights;
        Rows = rows ?? [.. Enumerable.Range(0, features.RowCount)];
        if (weights is not null) Rows = Array.FindAll(Rows, row => weights[row] > 0);
        SquaredNorms = new float[Rows.Length];
        for (int i = 0; i < Rows.Length; i++)
        {
            SquaredNorms[i] = System.Numerics.Tensors.TensorPrimitives.SumOfSquares(features[Rows[i]].Values) + options.BiasScale * options.BiasScale;
            if (!float.IsFinite(SquaredNorms[i])) throw TooLarge(Rows[i]);
        }
    }

    internal FeatureMatrix Features { get; }

    /// <summary>The class of each row of the matrix.</summary>
    internal int[] Classes { get; }

    internal int ClassCount { get; }

    internal DualDescentOptions Options { get; }

    /// <summary>The rows that are learned from.</summary>
    internal int[] Rows { get; }

    private static MLPipelinesException TooLarge(int row) => new(string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"Row {row}: the feature values are so large that the sum of their squares overflows. Normalize the features (NormalizeMinMax, NormalizeMeanVariance)."));

    /// <summary>Of each of <see cref="Rows"/>, the bias feature included.</summary>
    internal float[] SquaredNorms { get; }

    /// <summary>Two classes are one problem: the second class against the first.</summary>
    internal int ProblemCount => ClassCount == 2 ? 1 : ClassCount;

    /// <summary>The class whose examples are the positive ones of a problem.</summary>
    internal int PositiveClass(int problem) => ClassCount == 2 ? 1 : problem;

    /// <summary>
    /// The diagonal that the squared hinge adds to the dual, 1 / (2 C), for an example of weight 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Diagonal(int problem, bool positive)
    {
        float factor = 1;
        if (Options.ClassCosts is { } costs)
        {
            if (positive) factor = costs[PositiveClass(problem)];
            // With two classes both sides are classes of their own.
            else if (ClassCount == 2) factor = costs[0];
        }
        return 0.5f / (Options.Cost * factor);
    }
}
