using System.Numerics.Tensors;
using MLPipelines.Trainers;

namespace MLPipelines.Trainers.Recommender;

/// <summary>
/// A matrix as the product of two thin ones: an element is the scalar product of the factors of its row and those of its column. Immutable.
/// </summary>
/// <remarks>
/// A row that is not known, or of which no element was, has the mean factors of all rows, each counted as often as it has elements: its score in a column is the
/// mean of what all rows score there. So has a column. Where both are missing or beyond the keys, the score is the mean of the values learned from. A score is never NaN.
/// </remarks>
public sealed class MatrixFactorizationModelParameters
{
    /// <summary>The number of rows.</summary>
    public readonly int NumberOfRows;

    /// <summary>The number of columns.</summary>
    public readonly int NumberOfColumns;

    /// <summary>The number of factors of each row and each column.</summary>
    public readonly int ApproximationRank;

    private readonly float _mean;
    private readonly float[] _rows;
    private readonly float[] _columns;

    /// <param name="rank">The number of factors.</param>
    /// <param name="mean">The score where neither row nor column is known; NaN where a model, as those of ML.NET, knows nothing of rows or columns that are not.</param>
    /// <param name="rows">The factors by key of the row; key 0 is a row that is not known.</param>
    /// <param name="columns">The factors by key of the column.</param>
    internal MatrixFactorizationModelParameters(int rank, float mean, float[] rows, float[] columns)
    {
        if (!LinearWeights.AreFinite(rows) || !LinearWeights.AreFinite(columns)) throw new MLPipelinesException(
            "MatrixFactorization: training ran away to numbers that are not finite. A smaller LearningRate or a larger Lambda keeps it stable.");
        (ApproximationRank, _mean, _rows, _columns) = (rank, mean, rows, columns);
        (NumberOfRows, NumberOfColumns) = (rows.Length / rank - 1, columns.Length / rank - 1);
    }

    /// <summary>The factors of the rows, row after row: NumberOfRows × ApproximationRank numbers.</summary>
    public IReadOnlyList<float> LeftFactorMatrix => new ArraySegment<float>(_rows, ApproximationRank, _rows.Length - ApproximationRank);

    /// <summary>The factors of the columns, column after column: NumberOfColumns × ApproximationRank numbers.</summary>
    public IReadOnlyList<float> RightFactorMatrix => new ArraySegment<float>(_columns, ApproximationRank, _columns.Length - ApproximationRank);

    /// <summary>The value of an element. Keys count from 1; 0, and what is beyond the last, is not known.</summary>
    internal float Score(uint row, uint column)
    {
        if (row > (uint)NumberOfRows) row = 0;
        if (column > (uint)NumberOfColumns) column = 0;
        return (row | column) == 0 || (float.IsNaN(_mean) && (row == 0 || column == 0)) ? _mean : TensorPrimitives.Dot<float>(Factors(_rows, row), Factors(_columns, column));
    }

    private ReadOnlySpan<float> Factors(float[] table, uint key) => table.AsSpan((int)key * ApproximationRank, ApproximationRank);

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("rank", ApproximationRank);
        writer.Set("mean", _mean);
        writer.WriteArray<float>("row-factors", _rows, NumberOfRows + 1, ApproximationRank);
        writer.WriteArray<float>("column-factors", _columns, NumberOfColumns + 1, ApproximationRank);
    }

    internal static MatrixFactorizationModelParameters Load(ModelStepReader reader)
    {
        int rank = reader.GetInt32("rank");
        float mean = (float)reader.GetDouble("mean");
        if (rank <= 0) throw reader.Invalid($"its rank is {rank}, expected at least 1");
        float[] rows = reader.ReadArray<float>("row-factors", -1, rank), columns = reader.ReadArray<float>("column-factors", -1, rank);
        if (rows.Length == 0 || columns.Length == 0) throw reader.Invalid("it has no factors of what is not known");
        return !float.IsInfinity(mean) && LinearWeights.AreFinite(rows) && LinearWeights.AreFinite(columns)
            ? new MatrixFactorizationModelParameters(rank, mean, rows, columns) : throw reader.Invalid("its factors are not all finite numbers");
    }
}
