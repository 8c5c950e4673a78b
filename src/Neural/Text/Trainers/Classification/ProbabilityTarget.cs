using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Neural.Text;

/// <summary>Makes scores to probabilities, by softmax, and collects them in a column.</summary>
/// <param name="classes">Scores of a text.</param>
internal sealed class ProbabilityTarget(int classes) : ITextTarget
{
    private float[] _values = [];
    private int _rows;

    private readonly VectorColumn<float> _column = new(classes);

    /// <summary>The probabilities of all rows.</summary>
    internal VectorColumn<float> Column
    {
        get
        {
            _values.AsSpan(0, _rows * classes).CopyTo(_column.Resize(_rows));
            return _column;
        }
    }

    public void Start(int rows)
    {
        _rows = rows;
        if (_values.Length < rows * classes) _values = new float[rows * classes];
    }

    public void See(int row, SequenceBuilder sequence) { }

    public void Take(int row, Span<float> scores)
    {
        Softmax(scores);
        scores.CopyTo(_values.AsSpan(row * classes, classes));
    }

    /// <summary>exp(x) / Σ exp(x), in place, without overflow.</summary>
    internal static void Softmax(Span<float> scores)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), scores);
        TensorPrimitives.Exp(scores, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum(scores), scores);
    }
}
