using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;
using MLPipelines.Trainers.Recommender;

namespace MLPipelines.Tests.Trainers.Recommendation.MatrixFactorization;

/// <summary>Views of matrices, and models of them.</summary>
internal static class Matrices
{
    /// <summary>Elements with keys that count from 1, as many of each as there are.</summary>
    internal static MemoryView View(int rowCount, int columnCount, IEnumerable<(int Row, int Column, float Value)> elements)
    {
        ValueColumn<uint> rows = new(), columns = new();
        ValueColumn<float> values = new();
        foreach (var (row, column, value) in elements)
        {
            rows.Append((uint)row + 1);
            columns.Append((uint)column + 1);
            values.Append(value);
        }
        return new MemoryView().Add("Row", new KeyDataViewType(typeof(uint), rowCount), rows)
            .Add("Column", new KeyDataViewType(typeof(uint), columnCount), columns).Add("Label", NumberDataViewType.Single, values);
    }

    internal static MatrixFactorizationTrainer.Options Options() => new() { LabelColumnName = "Label", MatrixRowIndexColumnName = "Row", MatrixColumnIndexColumnName = "Column" };

    internal static MatrixFactorizationModelParameters Learn(IDataView view, MatrixFactorizationTrainer.Options options, IProgress<TrainingProgress>? progress = null) =>
        new MLContext(seed: 1) { Progress = progress }.Recommendation().Trainers.MatrixFactorization(options).Fit(view).Model;

    /// <summary>A matrix that is the product of two thin ones with numbers in [0, 1).</summary>
    internal static float[,] LowRank(int rows, int columns, int rank)
    {
        var random = new Random(3);
        float[,] left = Draw(rows), right = Draw(columns), product = new float[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                for (int d = 0; d < rank; d++) product[i, j] += left[i, d] * right[j, d];
            }
        }
        return product;

        float[,] Draw(int count)
        {
            float[,] numbers = new float[count, rank];
            for (int i = 0; i < count; i++)
            {
                for (int d = 0; d < rank; d++) numbers[i, d] = random.NextSingle();
            }
            return numbers;
        }
    }

    /// <summary>Some elements of a matrix, in random order.</summary>
    internal static (int Row, int Column, float Value)[] Sample(float[,] matrix, double share)
    {
        var random = new Random(4);
        var elements = (from i in Enumerable.Range(0, matrix.GetLength(0)) from j in Enumerable.Range(0, matrix.GetLength(1)) where random.NextDouble() < share select (i, j, matrix[i, j])).ToArray();
        random.Shuffle(elements);
        return elements;
    }
}
