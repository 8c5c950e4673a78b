using System.Numerics.Tensors;

namespace MLPipelines.Transforms.Text;

/// <summary>The scaling that fitting and applying share.</summary>
internal static class NgramScaling
{
    /// <summary>Divides by the Euclidean length; <see langword="false"/> when all values are zero.</summary>
    internal static bool ToUnitLength(Span<float> values)
    {
        float length = TensorPrimitives.Norm<float>(values);
        if (!(length > 0)) return false;
        TensorPrimitives.Multiply(values, 1 / length, values);
        return true;
    }
}
