using System.Runtime.CompilerServices;

namespace MLPipelines.Trainers;

/// <summary>The factors of the rows, or of the columns, of a matrix while they are learned.</summary>
/// <remarks>
/// Factors are in two parts, each filled up with zeros to whole vectors of <see cref="FactorSteps.Width"/>: the first <see cref="FactorSteps.FirstPart"/>, which come to learn
/// what is coarse, and the others.
/// </remarks>
internal sealed unsafe class FactorState
{
    private readonly float[] _room;
    private readonly int[] _places;
    private readonly int _rank;

    /// <param name="counts">How many elements the row at each place has; one without any starts, and stays, at zero.</param>
    /// <param name="places">Where the factors of each row are.</param>
    /// <param name="rank">How many factors there are.</param>
    /// <param name="first">What the first factor starts with; the others start with random numbers around zero, or above it where the last argument says so.</param>
    /// <param name="random">Draws the numbers to start with.</param>
    /// <param name="nonNegative">Whether factors are never below zero.</param>
    internal FactorState(int[] counts, int[] places, int rank, float first, Random random, bool nonNegative)
    {
        (_rank, _places, Counts) = (rank, places, counts);
        Stride = FactorSteps.Width + (Math.Max(rank - FactorSteps.FirstPart, 0) + FactorSteps.Width - 1) / FactorSteps.Width * FactorSteps.Width;
        // Vectors that start where a cache line does are read and written in one piece. What is pinned does not move.
        _room = GC.AllocateArray<float>(checked(counts.Length * Stride + FactorSteps.Width), pinned: true);
        Factors = (float*)(((nint)Unsafe.AsPointer(ref _room[0]) + 63) & ~(nint)63);
        float scale = MathF.Sqrt(1f / rank), middle = nonNegative ? 0 : 0.5f;
        foreach (int i in places)
        {
            if (counts[i] == 0) continue;
            Factors[(nint)i * Stride] = first;
            for (int d = 1; d < rank; d++) Factors[(nint)i * Stride + Place(d)] = (random.NextSingle() - middle) * scale;
        }
        Sums = new float[2 * counts.Length];
        Array.Fill(Sums, 1);
    }

    /// <summary>How many elements the row at each place has.</summary>
    internal int[] Counts { get; }

    /// <summary>How far the factors of a row are from those of the next.</summary>
    internal int Stride { get; }

    /// <summary>The factors, row after row. Valid as long as this object is.</summary>
    internal float* Factors { get; }

    /// <summary>For the two parts of each row, how far they have been pushed: 1 and the sum of the squares of the directions that they went, over the number of factors of the first part.</summary>
    internal float[] Sums { get; }

    /// <summary>The factors as models keep them.</summary>
    internal float[] ToTable(float scale)
    {
        float[] factors = new float[Counts.Length * _rank];
        int[] counts = new int[Counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            for (int d = 0; d < _rank; d++) factors[i * _rank + d] = Factors[(nint)_places[i] * Stride + Place(d)] * scale;
            counts[i] = Counts[_places[i]];
        }
        return FactorTable.Of(factors, _rank, counts);
    }

    private static int Place(int factor) => factor < FactorSteps.FirstPart ? factor : factor - FactorSteps.FirstPart + FactorSteps.Width;
}

/// <summary>What a step needs to know.</summary>
/// <param name="Rate">How far the first step goes.</param>
/// <param name="Lambda">The weight of the regularization, in the unit of the scaled values.</param>
/// <param name="NonNegative">Whether factors end at zero.</param>
internal readonly record struct FactorSettings(float Rate, float Lambda, bool NonNegative);
