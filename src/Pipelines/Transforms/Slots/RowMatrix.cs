using System.Globalization;
using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>A matrix that rows of a vector column are multiplied by. Immutable.</summary>
/// <param name="values">(rowCount, size), where size is that of the vectors.</param>
/// <param name="rowCount">How many products a vector gives.</param>
/// <param name="size">The size of the vectors.</param>
internal sealed class RowMatrix(float[] values, int rowCount, int size)
{
    // (size, rowCount): an item of a vector times all that it is a factor of, in one go, and only for items that are stored.
    private readonly float[] _byItem = Transpose(values, rowCount, size);

    internal const string Expected = "a vector of Single with a known size";

    internal int RowCount => rowCount;

    /// <exception cref="ArgumentOutOfRangeException">The column does not have vectors that fit.</exception>
    internal void Check(DataViewSchema.Column input, string step)
    {
        if (input.Type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single || vector.Size != size)
            throw ColumnTypeException.Create(step, input, string.Create(CultureInfo.InvariantCulture, $"Vector<Single, {size}> as in training"));
    }

    internal void Multiply(RowVector<float> vector, Span<float> products)
    {
        products.Clear();
        for (int i = 0; i < vector.Values.Length; i++)
        {
            ReadOnlySpan<float> factors = _byItem.AsSpan((vector.IsDense ? i : vector.Indices[i]) * rowCount, rowCount);
            TensorPrimitives.MultiplyAdd(factors, vector.Values[i], products, products);
        }
    }

    private static float[] Transpose(float[] values, int rowCount, int size)
    {
        float[] transposed = new float[values.Length];
        for (int i = 0; i < rowCount; i++)
            for (int j = 0; j < size; j++) transposed[(j * rowCount) + i] = values[(i * size) + j];
        return transposed;
    }

    internal void Save(ModelStepWriter writer, string name)
    {
        writer.Set(name + "Count", rowCount);
        writer.Set("size", size);
        writer.WriteArray<float>(name, Transpose(_byItem, size, rowCount), rowCount, size);
    }

    internal static RowMatrix Load(ModelStepReader reader, string name)
    {
        int rowCount = reader.GetInt32(name + "Count"), size = reader.GetInt32("size");
        return rowCount > 0 && size > 0 ? new(reader.ReadArray<float>(name, rowCount, size), rowCount, size) : throw reader.Invalid($"a matrix of {rowCount} rows of {size} numbers");
    }
}
