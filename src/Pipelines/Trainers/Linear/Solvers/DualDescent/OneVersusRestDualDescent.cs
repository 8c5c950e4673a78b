using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Trainers;

/// <summary>
/// Linear support vector machines for several classes at once, one class against the rest. Per class it minimizes
/// ½‖w‖² + Σᵢ Cᵢ max(0, 1 − yᵢ w·xᵢ)², the bias being the weight of a constant feature, by coordinate descent in the dual
/// (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008), which is LIBLINEAR's
/// L2-regularized L2-loss solver and scikit-learn's <c>LinearSVC</c>.
/// </summary>
/// <remarks>
/// All classes see the examples in the same order, so that a stored item is read once for a whole block of classes, one
/// vector lane each. Blocks are independent: threads take blocks, and the result does not depend on their number.
/// Memory: per thread, 4 × width bytes per feature and per row.
/// </remarks>
internal static class OneVersusRestDualDescent
{
    /// <param name="features">The examples.</param>
    /// <param name="classes">The class of each row of the matrix, from 0.</param>
    /// <param name="classCount">At least 2. Two classes make one problem: class 1 against class 0.</param>
    /// <param name="options">Settings.</param>
    /// <param name="rows">The rows to learn from; <see langword="null"/> for all.</param>
    /// <param name="progress">Told of each block of classes that is done, by one thread at a time.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="MLPipelinesException">The values are so large that the weights overflow.</exception>
    internal static DualDescentResult Train(
        FeatureMatrix features, int[] classes, int classCount, DualDescentOptions options, int[]? rows = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(classes.Length, features.RowCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Cost);
        ArgumentOutOfRangeException.ThrowIfNegative(options.BiasScale);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Tolerance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumPasses);

        var problem = new DualDescentProblem(features, classes, classCount, options, rows);
        int stride = ClassStride.For(problem.ProblemCount);
        float[] weights = new float[checked(features.ColumnCount * stride)], biases = new float[problem.ProblemCount];
        var blocks = Blocks(problem.ProblemCount, options.BlockWidth ?? BestWidth);
        int done = 0, passes = 0;
        float violation = 0;
        bool converged = true;
        var gate = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.NumberOfThreads ?? Environment.ProcessorCount, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(blocks, parallel, TrainOne);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        return new DualDescentResult(weights, stride, biases, passes, violation, converged);

        void TrainOne((int First, int Count, int Width) block)
        {
            var (blockPasses, blockViolation, blockConverged) = TrainBlock(problem, block, weights, stride, biases, cancellation);
            lock (gate)
            {
                passes = Math.Max(passes, blockPasses);
                violation = MathF.Max(violation, blockViolation);
                converged &= blockConverged;
                progress?.Report(new TrainingProgress(nameof(OneVersusRestDualDescent), ++done, blocks.Count, null));
            }
        }
    }

    private static int BestWidth => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>Blocks of the given width, the last one as narrow as it can be.</summary>
    private static List<(int First, int Count, int Width)> Blocks(int problemCount, int width)
    {
        var blocks = new List<(int, int, int)>();
        for (int first = 0; first < problemCount; first += width)
        {
            int count = Math.Min(width, problemCount - first);
            blocks.Add((first, count, Math.Min(width, count switch { 1 => 1, <= 4 => 4, <= 8 => 8, _ => 16 })));
        }
        return blocks;
    }

    private static (int Passes, float Violation, bool HasConverged) TrainBlock(
        DualDescentProblem problem, (int First, int Count, int Width) block, float[] weights, int stride, float[] biases, CancellationToken cancellation)
    {
        return block.Width switch
        {
            16 => Train<Lanes16, Vector512<float>>(),
            8 => Train<Lanes8, Vector256<float>>(),
            4 => Train<Lanes4, Vector128<float>>(),
            1 => Train<ScalarLane, float>(),
            _ => throw new ArgumentOutOfRangeException(nameof(block), block.Width, "A block is 16, 8, 4 or 1 classes wide."),
        };

        (int, float, bool) Train<TLanes, TVector>() where TLanes : struct, ILanes<TVector> where TVector : unmanaged
        {
            using var run = new DualDescentBlock<TLanes, TVector>(problem, block.First, block.Count);
            run.Run(cancellation);
            run.CopyTo(weights, stride, biases);
            return (run.Passes, run.Violation, run.HasConverged);
        }
    }
}
