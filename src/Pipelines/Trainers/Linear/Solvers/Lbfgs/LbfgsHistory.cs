namespace MLPipelines.Trainers;

/// <summary>
/// The last steps and changes of the gradient, which stand for the inverse of the second derivatives (Nocedal and Wright,
/// "Numerical Optimization", algorithm 7.4). Before there are any, and in between, the curvature along each number stands for the second derivatives: it
/// evens out numbers of very different weight, such as those of rare and of frequent categories. Vectors are reused, and made only as they are needed.
/// </summary>
internal sealed class LbfgsHistory(int size, float[] curvatures, ChunkedVectors vectors)
{
    private readonly List<(float[] Step, float[] Change, double Curvature)> _pairs = [];
    private readonly double[] _alphas = new double[size];

    internal bool IsEmpty => _pairs.Count == 0;

    internal void Clear() => _pairs.Clear();

    /// <summary>Remembers a step if the gradient rose along it, as it does where the function curves upwards.</summary>
    internal void Add(float[] point, float[] newPoint, float[] gradient, float[] newGradient)
    {
        float[] step, change;
        if (_pairs.Count == size)
        {
            (step, change, _) = _pairs[0];
            _pairs.RemoveAt(0);
        }
        else
        {
            (step, change) = (new float[point.Length], new float[point.Length]);
        }
        vectors.Subtract(newPoint, point, step);
        vectors.Subtract(newGradient, gradient, change);
        double curvature = vectors.Dot(step, change);
        if (curvature > 1e-12 * Math.Sqrt(vectors.NormSquared(step) * vectors.NormSquared(change))) _pairs.Add((step, change, curvature));
    }

    /// <summary>Turns a gradient into a direction of descent, in place.</summary>
    internal void ToDirection(float[] gradient)
    {
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            _alphas[i] = vectors.Dot(_pairs[i].Step, gradient) / _pairs[i].Curvature;
            vectors.Add(_pairs[i].Change, -_alphas[i], gradient);
        }
        double scale = IsEmpty ? 1 : _pairs[^1].Curvature / vectors.NormSquared(_pairs[^1].Change, curvatures);
        vectors.DivideAndScale(gradient, curvatures, -scale);
        for (int i = 0; i < _pairs.Count; i++)
        {
            // The direction has the opposite sign of the gradient here, hence the sum.
            double beta = vectors.Dot(_pairs[i].Change, gradient) / _pairs[i].Curvature;
            vectors.Add(_pairs[i].Step, -_alphas[i] - beta, gradient);
        }
    }
}
