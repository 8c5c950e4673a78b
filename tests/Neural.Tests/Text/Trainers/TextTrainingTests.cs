using MLPipelines.Neural.Text;
using MLPipelines.Neural.Training;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;
using Xunit;

namespace MLPipelines.Neural.Tests.Text;

public sealed class TextTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(3)]
    [InlineData(13)]
    public void Training_that_was_broken_off_within_a_pass_gives_the_same_bits(int steps)
    {
        float[] expected = Train(null, default, int.MaxValue, () => { });
        using var stopping = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Train(_folder, stopping.Token, steps, stopping.Cancel));
        int made = 0;
        Assert.Equal(expected, Train(_folder, default, 0, () => made++));
        // There are 10 batches in each of 3 passes; those up to the one in which it was cancelled are not made again.
        Assert.Equal(30 - (steps + 1), made);
    }

    [Fact]
    public void A_step_allocates_nothing_once_it_is_warm()
    {
        var random = new RandomSource(1);
        var task = new Numbers(random);
        long before = 0, after = 0;
        int step = 0;
        task.Before = () =>
        {
            step++;
            if (step == 12) before = GC.GetAllocatedBytesForCurrentThread();
            if (step == 20) after = GC.GetAllocatedBytesForCurrentThread();
        };
        Training(task, random, default).Run();
        Assert.Equal(0, after - before);
    }

    [Fact]
    public void The_learning_rate_rises_and_falls_in_lines()
    {
        var schedule = new LinearSchedule(100, WarmUp: 10, Start: 0.1f, End: 0.4f);
        Assert.Equal([0.1f, 0.55f, 1, 0.7f, 0.4f], new long[] { 0, 5, 10, 55, 100 }.Select(step => MathF.Round(schedule.At(step), 5)));
    }

    private static float[] Train(string? folder, CancellationToken cancellation, int from, Action then)
    {
        var random = new RandomSource(1);
        var task = new Numbers(random);
        int step = 0;
        task.Before = () =>
        {
            if (++step > from) then();
        };
        Checkpoint? checkpoint = folder is null ? null : new Checkpoint(folder, "numbers", 1);
        Training(task, random, cancellation).Run(checkpoint, checkpoint?.Read());
        return task.Network.Weight.ToArray();
    }

    private static TextTraining Training(Numbers task, RandomSource random, CancellationToken cancellation) =>
        new(new TextTrainingSettings("Numbers", 5, 3, 0.01) { CheckpointSeconds = 0 }, new MLContext(1) { CancellationToken = cancellation }.Regression.Environment, task.Network, random, task, null, seed: 4);

    /// <summary>A sum of numbers, some of which are left out at random.</summary>
    private sealed class Numbers(RandomSource random) : TextTask
    {
        private readonly float[] _inputs = new float[5 * 4], _targets = new float[5];

        internal Linear Network { get; } = new(4, 1, random);

        internal Action Before { get; set; } = () => { };

        internal override int[] Lengths { get; } = [.. Enumerable.Range(0, 48).Select(row => row % 7)];

        internal override BatchResult Forward(ReadOnlySpan<int> rows, RandomSource random)
        {
            Before();
            for (int i = 0; i < rows.Length; i++)
            {
                for (int k = 0; k < 4; k++) _inputs[4 * i + k] = MathF.Sin(rows[i] * 4 + k);
                _targets[i] = _inputs[4 * i] - _inputs[4 * i + 2];
            }
            Tensor x = Tensor.From(_inputs.AsSpan(0, 4 * rows.Length), [rows.Length, 4]).Dropout(0.2f, random);
            return new BatchResult((Network.Forward(x) - Tensor.From(_targets.AsSpan(0, rows.Length), [rows.Length, 1])).Square().Mean(), rows.Length, 0);
        }
    }
}
