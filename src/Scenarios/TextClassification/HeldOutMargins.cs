using System.Numerics.Tensors;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>What a candidate made of rows that it did not learn from.</summary>
/// <param name="Margins">One per label, row after row.</param>
/// <param name="Labels">The label of each row, from 0.</param>
internal sealed record HeldOutMargins(float[] Margins, int[] Labels)
{
    /// <summary>The rows as a scored view.</summary>
    /// <param name="inverseTemperature">What margins are multiplied by to be calibrated.</param>
    /// <param name="name">The name of the label column.</param>
    /// <param name="label">The key column that the labels are of.</param>
    internal BlockView ToView(float inverseTemperature, string name, DataViewSchema.Column label)
    {
        int size = Margins.Length / Labels.Length;
        var keys = new ValueColumn<uint>();
        var scores = new VectorColumn<float>(size);
        for (int row = 0; row < Labels.Length; row++)
        {
            keys.Append((uint)Labels[row] + 1);
            Span<float> probabilities = scores.AppendDense(size);
            TensorPrimitives.Multiply(Margins.AsSpan(row * size, size), inverseTemperature, probabilities);
            Softmax.Apply(probabilities);
        }
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(name, label.Type, label.Annotations);
        schema.AddColumn("Score", new VectorDataViewType(NumberDataViewType.Single, size));
        return new BlockView(schema.ToSchema(), [[keys, scores]]);
    }
}
