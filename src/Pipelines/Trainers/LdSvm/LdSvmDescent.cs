using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Learns a local deep support vector machine by stochastic gradient descent: minimizes the mean hinge loss plus λ/2 ‖·‖² of the
/// classifiers, gates and branches. While it learns, every node counts: its weight is the product of (1 ± tanh(γ branch)) / 2 on the
/// way to it, and γ grows, so that in the end nearly all of the weight is on one path, as in the model.
/// </summary>
/// <remarks>
/// Step t shrinks everything by t / (t + 1) and moves it against the gradient of √n examples at the rate 1 / (λ √(t + 1)). What is
/// stored is t + 1 times the parameters: shrinking costs nothing. Functions lie side by side per feature (<see cref="ClassStride"/>),
/// so that an example is scored by all of them at once.
/// </remarks>
internal sealed class LdSvmDescent
{
    private const int StepsPerSharpening = 100;
    private const int RowsPerSharpening = 100;

    private readonly TrainingSet _examples;
    private readonly LdSvmTrainer.Options _options;
    private readonly LdSvmTree _tree;
    private readonly Random _random;
    private readonly int[] _rows;
    private readonly int _stride;
    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly float[] _values;
    private readonly LdSvmGradient _gradient;
    private float _gamma = 0.01f;

    internal LdSvmDescent(TrainingSet examples, LdSvmTrainer.Options options, int seed)
    {
        (_examples, _options, _tree, _random) = (examples, options, new LdSvmTree(options.TreeDepth), new Random(seed));
        _rows = [.. Enumerable.Range(0, examples.RowCount).Where(row => examples.WeightOf(row) > 0)];
        _stride = ClassStride.For(_tree.Functions);
        (_weights, _biases) = (new float[checked(examples.Features.ColumnCount * _stride)], new float[_stride]);
        _values = new float[_tree.Functions];
        _gradient = new LdSvmGradient(_tree, options.Sigma);
        for (int i = 0; i < _weights.Length; i++)
            if (i % _stride < _tree.Functions) _weights[i] = 2 * _random.NextSingle() - 1;
        for (int i = 0; options.UseBias && i < _tree.Functions; i++) _biases[i] = 2 * _random.NextSingle() - 1;
    }

    internal LdSvmModelParameters Run(string name, TrainingEnvironment environment)
    {
        int batch = Math.Max(1, (int)Math.Sqrt(_rows.Length)), steps = _options.NumberOfIterations;
        float[] moves = new float[batch * _stride];
        LdSvmModelParameters? best = null;
        double least = double.PositiveInfinity;
        for (int step = 1; step <= steps; step++)
        {
            if (step % StepsPerSharpening == 1)
            {
                environment.Report(name, step - 1, steps);
                Sharpen(step);
            }
            for (int i = 0; i < batch; i++)
            {
                // The first so many rows become a random choice.
                int other = _random.Next(i, _rows.Length);
                (_rows[i], _rows[other]) = (_rows[other], _rows[i]);
                Gradient(_rows[i], step, batch, moves.AsSpan(i * _stride, _stride));
            }
            for (int i = 0; i < batch; i++) Move(_rows[i], moves.AsSpan(i * _stride, _stride));
            if (step < steps && (step < steps / 2 || step % StepsPerSharpening != 0)) continue;
            LdSvmModelParameters model = ModelOf(scale: 1f / (step + 1));
            double loss = HingeLoss(model);
            if (best is null || loss < least) (best, least) = (model, loss);
        }
        environment.Report(name, steps, steps);
        return best!;
    }

    /// <summary>The mean hinge loss of about as many rows as there are between two models.</summary>
    private double HingeLoss(LdSvmModelParameters model)
    {
        float[] score = new float[1];
        double sum = 0, weights = 0;
        int stride = Math.Max(1, _rows.Length / (StepsPerSharpening * (int)Math.Sqrt(_rows.Length) + 1));
        for (int row = 0; row < _examples.RowCount; row += stride)
        {
            float weight = _examples.WeightOf(row);
            if (weight == 0) continue;
            model.Score(_examples.Features[row], score);
            sum += weight * Math.Max(0, 1 - (_examples.Labels[row] > 0 ? score[0] : -score[0]));
            weights += weight;
        }
        return weights > 0 ? sum / weights : 0;
    }

    private void Score(int row, float scale)
    {
        LinearScores.Compute(_examples.Features[row], _weights, _stride, _biases, _values);
        System.Numerics.Tensors.TensorPrimitives.Multiply(_values, scale, _values);
    }

    /// <summary>Computes how an example moves what is stored; not at all where it is right by the margin.</summary>
    private void Gradient(int row, int step, int batch, Span<float> moves)
    {
        Score(row, 1f / step);
        float y = _examples.Labels[row] > 0 ? 1 : -1;
        moves.Clear();
        if (y * _gradient.Forward(_values, _gamma) >= 1) return;
        float rate = (step + 1) * y * _examples.WeightOf(row) / (batch * MathF.Sqrt(step + 1));
        _gradient.Backward(_values, moves[.._tree.Functions], rate / _options.LambdaW, rate / _options.LambdaThetaprime, rate / _options.LambdaTheta);
    }

    private void Move(int row, Span<float> moves)
    {
        LinearScores.Add(_examples.Features[row], moves, _weights, _stride);
        if (_options.UseBias) System.Numerics.Tensors.TensorPrimitives.Add(_biases, moves, _biases);
    }

    /// <summary>Sets γ so that branches are about undecided at the start, and doubles it ten times until the end.</summary>
    private void Sharpen(int step)
    {
        if (_tree.Branches == 0) return;
        double sum = 0;
        for (int i = 0; i < RowsPerSharpening; i++)
        {
            Score(_rows[_random.Next(_rows.Length)], 1f / step);
            sum += Math.Abs(_values[_tree.Branch(_random.Next(_tree.Branches))]);
        }
        // Rows without any feature say nothing.
        if (sum > 0) _gamma = (float)(0.1 * RowsPerSharpening / sum * Math.Pow(2, step / (_options.NumberOfIterations / 10.0)));
    }

    private LdSvmModelParameters ModelOf(float scale)
    {
        int features = _examples.Features.ColumnCount;
        float[] weights = new float[checked(_tree.Functions * features)];
        for (int j = 0; j < features; j++)
            for (int f = 0; f < _tree.Functions; f++) weights[f * features + j] = scale * _weights[j * _stride + f];
        return new LdSvmModelParameters(_tree, weights, Array.ConvertAll(_biases[.._tree.Functions], bias => scale * bias), _options.Sigma);
    }
}
