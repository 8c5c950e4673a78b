using System.Runtime.InteropServices;
using MLPipelines.Trainers;

namespace MLPipelines.Programs.Trees;

/// <summary>A table that <c>bench/trees.py</c> wrote: numbers of four bytes row after row, the label last, with <c>NAME.txt</c> beside it: rows, columns but for the label.</summary>
internal sealed record TreesTable(FeatureMatrix Features, float[] Labels)
{
    internal static TreesTable Read(string path)
    {
        int[] shape = [.. File.ReadAllText(Path.ChangeExtension(path, ".txt")).Split().Where(word => word.Length > 0).Select(int.Parse)];
        (int rows, int columns) = (shape[0], shape[1]);
        float[] values = new float[rows * columns], labels = new float[rows], row = new float[columns + 1];
        using FileStream file = File.OpenRead(path);
        using var buffered = new BufferedStream(file, 1 << 20);
        for (int i = 0; i < rows; i++)
        {
            buffered.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            row.AsSpan(0, columns).CopyTo(values.AsSpan(i * columns));
            labels[i] = row[columns];
        }
        return new TreesTable(new FeatureMatrix(values, rows, columns), labels);
    }

    /// <summary>A generated table: normal features of which ten count, by sums, products and steps.</summary>
    internal static TreesTable Generate(int rows, int columns)
    {
        var random = new Random(1);
        float[] values = new float[rows * columns], labels = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            Span<float> x = values.AsSpan(i * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                double sum = -6;
                for (int k = 0; k < 12; k++) sum += random.NextSingle();
                x[j] = (float)sum;
            }
            double signal = x[0] + x[1] * x[2] + Math.Abs(x[3]) - 1 + Math.Sin(2 * x[4]) + (x[5] > 0.5 ? x[6] : -x[7]) + 0.5 * x[8] * x[9];
            labels[i] = 1 / (1 + Math.Exp(-signal)) > random.NextDouble() ? 1 : 0;
        }
        return new TreesTable(new FeatureMatrix(values, rows, columns), labels);
    }

    internal void Write(string path)
    {
        using FileStream file = File.Create(path);
        using var buffered = new BufferedStream(file, 1 << 20);
        for (int i = 0; i < Labels.Length; i++)
        {
            buffered.Write(MemoryMarshal.AsBytes(Features[i].Values));
            buffered.Write(MemoryMarshal.AsBytes(Labels.AsSpan(i, 1)));
        }
        File.WriteAllText(Path.ChangeExtension(path, ".txt"), $"{Features.RowCount} {Features.ColumnCount}\n");
    }
}
