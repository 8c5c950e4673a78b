using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>The class of rows that <see cref="CrossEntropy"/> leaves out, such as those that only fill up a batch.</summary>
    public const int LeftOut = -100;

    /// <summary>exp(x) / Σ exp(x) along an axis.</summary>
    public Tensor Softmax(int axis = -1) => Softmax(axis, isLog: false);

    /// <summary>x - log Σ exp(x) along an axis.</summary>
    public Tensor LogSoftmax(int axis = -1) => Softmax(axis, isLog: true);

    /// <summary>log Σ exp(x) along an axis, which does not overflow.</summary>
    public Tensor LogSumExp(int axis = -1, bool keep = false)
    {
        Tensor greatest = Detach().Max(axis, keep: true).Clamp(-float.MaxValue, float.MaxValue);
        Tensor result = (this - greatest).Exp().Sum([axis], keep: true).Log() + greatest;
        return keep ? result : result.Squeeze(axis);
    }

    private Tensor Softmax(int axis, bool isLog)
    {
        axis = Shape.Axis(axis);
        if (axis != Rank - 1) return Transpose(axis, -1).Softmax(-1, isLog).Transpose(axis, -1);
        Tensor x = Dense(), y = NewLike(Shape);
        Backend.Softmax(x.Floats, y.Floats, Shape.Without(-1).Count, Shape[-1], isLog);
        return Tape.Record(Derivatives.Softmax, y, [this], new Attributes { Flag = isLog });
    }

    internal static Tensor SoftmaxGradient(Tensor y, Tensor gradient, bool isLog)
    {
        Tensor dy = gradient.Dense(), dx = y.NewLike(y.Shape);
        y.Backend.SoftmaxGradient(y.Floats, dy.Floats, dx.Floats, y.Shape.Without(-1).Count, y.Shape[-1], isLog);
        return dx;
    }

    /// <summary>
    /// The mean over rows of -Σ t log softmax(x), where t is 1 for the row's class and 0 for others. Class weights multiply the terms, and the mean is then by
    /// the weights of the rows' classes.
    /// </summary>
    /// <param name="classes">Int64 with one class for each row of this tensor (…, classes), from 0; a row whose class is <see cref="LeftOut"/> does not count.</param>
    /// <param name="weights">One weight for each class, or none.</param>
    /// <param name="smoothing">How much of t is spread evenly over all classes, from 0 to 1 (Szegedy and others 2016).</param>
    public Tensor CrossEntropy(Tensor classes, Tensor weights = default, float smoothing = 0)
    {
        int rows = Shape.Without(-1).Count;
        if (classes.Count != rows) throw new ArgumentException($"There are {classes.Count} classes for {rows} rows.", nameof(classes));
        classes.Expect(ElementType.Int64);
        ExpectBelow(classes.Dense(), Shape[-1], mayBeLeftOut: true);
        return CrossEntropyOf(classes, weights, smoothing);
    }

    /// <summary>The same for targets that are distributions over the classes, such as those of mixed examples: the mean over rows of -Σ t log softmax(x).</summary>
    /// <param name="targets">Of the shape of this tensor; each row sums to 1.</param>
    /// <param name="weights">One weight for each class, or none.</param>
    /// <param name="smoothing">How much of each row is spread evenly over all classes.</param>
    public Tensor CrossEntropyOfDistributions(Tensor targets, Tensor weights = default, float smoothing = 0)
    {
        if (targets.Shape != Shape) throw new ArgumentException($"The targets {targets.Shape} are to have the shape {Shape}.", nameof(targets));
        targets.Expect(ElementType.Float32);
        return CrossEntropyOf(targets, weights, smoothing);
    }

    private Tensor CrossEntropyOf(Tensor targets, Tensor weights, float smoothing)
    {
        if (!weights.IsNone && weights.Count != Shape[-1]) throw new ArgumentException($"There are {weights.Count} weights for {Shape[-1]} classes.", nameof(weights));
        if (!(smoothing is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(smoothing), $"Smoothing lies in [0, 1], not at {smoothing}.");
        // The derivative comes with the loss: both need the same exponentials.
        Tensor x = Dense(), t = targets.Dense(), w = weights.DenseOrNone(), loss = NewLike([]), derivative = Tape.Wants([this]) ? NewLike(Shape) : None;
        Backend.CrossEntropy(x.Floats, t.Pointer, t.ElementType == ElementType.Int64, w.FloatsOrNull, smoothing,
            loss.Floats, derivative.FloatsOrNull, Shape.Without(-1).Count, Shape[-1]);
        return Tape.Record(Derivatives.CrossEntropy, loss, [this, targets, weights], new Attributes { Saved = derivative });
    }
}
