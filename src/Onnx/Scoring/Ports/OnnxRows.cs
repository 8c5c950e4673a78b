namespace MLPipelines.Onnx;

/// <summary>Values over several rows, row by row.</summary>
internal static class OnnxRows
{
    /// <summary>The part of each row: of a tensor, one of its first dimension; of a sequence, a sequence of one element.</summary>
    /// <exception cref="MLPipelinesException">The value has not one part for each row.</exception>
    internal static IEnumerable<OnnxValue> Split(OnnxValue value, int rows)
    {
        if (!HasOneForEach(value, rows)) throw new MLPipelinesException($"onnx-scoring: the ONNX model did not give one value for each of {rows} rows.");
        for (int row = 0; row < rows; row++) yield return Row(value, row);
    }

    internal static bool HasOneForEach(OnnxValue value, int rows) => value switch
    {
        OnnxTensor tensor => tensor.Shape.Length > 0 && tensor.Shape[0] == rows,
        OnnxSequence sequence => sequence.Items.Count == rows,
        _ => false,
    };

    internal static OnnxValue Row(OnnxValue value, int row) => value switch
    {
        OnnxTensor<string> tensor => Row(tensor, row),
        OnnxTensor tensor => OnnxElementTypes.Dispatch<Slice, OnnxTensor>(tensor.Element, new Slice(tensor, row)),
        OnnxSequence sequence => new OnnxSequence([sequence.Items[row]]),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Whether two values are the same but for rounding. Whole numbers and texts are equal.</summary>
    internal static bool AreAlike(OnnxValue a, OnnxValue b) => (a, b) switch
    {
        (OnnxTensor x, OnnxTensor y) => x.Element == y.Element && x.Items.Length == y.Items.Length && AreAlike(x.Items, y.Items),
        (OnnxSequence x, OnnxSequence y) => x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(pair => AreAlike(pair.First, pair.Second)),
        (OnnxMap x, OnnxMap y) => AreAlike(x.Keys, y.Keys) && AreAlike(x.Values, y.Values),
        _ => a is OnnxNone && b is OnnxNone,
    };

    private static bool AreAlike(Array a, Array b)
    {
        if (a is not (float[] or double[] or Half[] or BFloat16[])) return a.Cast<object>().SequenceEqual(b.Cast<object>());
        double[] x = Numbers(a), y = Numbers(b);
        double scale = x.Concat(y).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max(), tolerance = a is Half[] or BFloat16[] ? 2e-2 : 1e-4;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i].Equals(y[i])) continue;
            if (!(Math.Abs(x[i] - y[i]) <= tolerance * (Math.Abs(y[i]) + (0.1 * scale)))) return false;
        }
        return true;
    }

    private static double[] Numbers(Array items) => items switch
    {
        float[] numbers => Array.ConvertAll(numbers, number => (double)number),
        double[] numbers => numbers,
        Half[] numbers => Array.ConvertAll(numbers, number => (double)number),
        _ => Array.ConvertAll((BFloat16[])items, number => (double)number),
    };

    private static OnnxTensor<T> Row<T>(OnnxTensor<T> tensor, int row)
    {
        int length = tensor.Values.Length / (int)tensor.Shape[0];
        return new OnnxTensor<T>(tensor.Values.AsSpan(row * length, length).ToArray(), [1, .. tensor.Shape[1..]]);
    }

    private readonly struct Slice(OnnxTensor tensor, int row) : IElementWork<OnnxTensor>
    {
        public OnnxTensor Do<T>() where T : unmanaged => Row((OnnxTensor<T>)tensor, row);
    }
}
