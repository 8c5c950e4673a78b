using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Weights with a factor on all of them, so that shrinking them costs nothing per weight.</summary>
internal sealed class ScaledWeights(float[] values)
{
    private const double Largest = 1024;

    /// <summary>What the weights are divided by: weight = value · scale.</summary>
    internal double Scale { get; private set; } = 1;

    /// <summary>Whether the factor is so far from 1 that <see cref="Settle"/> is due.</summary>
    internal bool IsStretched => Math.Abs(Scale) is < 1 / Largest or > Largest;

    internal float[] Values => values;

    internal float Dot(RowVector<float> features) => (float)(Scale * LinearScores.Dot(features, values));

    /// <summary>Adds a multiple of a row to the weights.</summary>
    internal void Add(RowVector<float> features, double step)
    {
        float scaled = (float)(step / Scale);
        if (features.IsDense)
        {
            TensorPrimitives.MultiplyAdd(features.Values, scaled, values, values);
            return;
        }
        ReadOnlySpan<float> items = features.Values;
        ReadOnlySpan<int> indices = features.Indices;
        for (int i = 0; i < indices.Length; i++) values[indices[i]] += items[i] * scaled;
    }

    internal void Shrink(double factor) => Scale *= factor;

    /// <summary>Multiplies the values by the factor, which becomes 1.</summary>
    internal void Settle()
    {
        if (Scale == 1) return;
        TensorPrimitives.Multiply(values, (float)Scale, values);
        Scale = 1;
    }
}
