using System.Diagnostics;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Training;

/// <summary>What a training loop is told besides its network and its data.</summary>
/// <param name="Name">The name of the trainer, for messages and progress.</param>
/// <param name="Epochs">How many passes there are at most.</param>
internal sealed record LoopSettings(string Name, int Epochs)
{
    /// <summary>Gradients together are no longer than this; 0 for no bound.</summary>
    internal float ClipLength { get; init; }

    /// <summary>How often checkpoints are written within a pass, in seconds; after each pass they are anyway.</summary>
    internal double CheckpointSeconds { get; init; } = 60;

    /// <summary>Training ends after this; <see langword="null"/>: after its passes.</summary>
    internal TimeSpan? TimeLimit { get; init; }
}

/// <summary>The batches of one pass, one after the other.</summary>
internal interface IBatches : IDisposable
{
    /// <summary>Goes to the next batch; <see langword="false"/> at the end of the pass.</summary>
    bool Next();

    /// <summary>Puts the batch through the network, in the step that is open. In steady state it allocates nothing.</summary>
    BatchResult Forward();
}

/// <summary>What a batch came to.</summary>
/// <param name="Loss">The mean loss: a single number.</param>
/// <param name="Count">How many rows, or tokens, the mean is of.</param>
/// <param name="Correct">How many of them were right.</param>
internal readonly record struct BatchResult(Tensor Loss, int Count, int Correct);

/// <summary>
/// Trains a network: for each batch the loss, its derivatives and a step of the optimizer. What a step does follows from the seed, the pass
/// and its number, so that training that goes on from a checkpoint gives the same bits as training that was never broken off.
/// </summary>
internal abstract class TrainingLoop
{
    private readonly LoopSettings _settings;
    private readonly TrainingEnvironment _environment;
    private readonly RandomSource _random;
    private long _started;

    /// <param name="settings">How it is trained.</param>
    /// <param name="environment">Progress and cancellation.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">An optimizer that has the parameters.</param>
    /// <param name="random">What dropout, and all else that is drawn within a step, draws from.</param>
    /// <param name="seed">The seed that it began with.</param>
    private protected TrainingLoop(LoopSettings settings, TrainingEnvironment environment, Module network, Optimizer optimizer, RandomSource random, int seed)
    {
        (_settings, _environment, Network, Optimizer, _random) = (settings, environment, network, optimizer, random);
        Position = new TrainingPosition { Seed = seed, Random = random.Position };
    }

    private protected Module Network { get; }

    private protected Optimizer Optimizer { get; }

    private protected TrainingPosition Position { get; private set; }

    /// <summary>The weights of the best pass, where early stopping keeps them.</summary>
    private protected KeptWeights? Best { get; init; }

    private protected CancellationToken Cancellation => _environment.CancellationToken;

    private protected TimeSpan Elapsed => new(Position.Elapsed + Stopwatch.GetElapsedTime(_started).Ticks);

    /// <param name="checkpoint">Where it writes how far it has come; or nowhere.</param>
    /// <param name="resumed">What was written when it was broken off; or nothing.</param>
    internal void Run(Checkpoint? checkpoint = null, StateDictionary? resumed = null)
    {
        if (resumed is not null) Resume(resumed);
        _started = Stopwatch.GetTimestamp();
        _environment.Report(_settings.Name, Position.Epoch, _settings.Epochs);
        bool isDone = false;
        while (!isDone && Position.Epoch < _settings.Epochs)
        {
            bool isOver = !RunPass(checkpoint);
            float loss = (float)(Position.Loss / Position.Seen);
            isDone = EndPass(loss) || isOver;
            _environment.Report(_settings.Name, Position.Epoch + 1, _settings.Epochs, loss);
            (Position.Epoch, Position.Batch, Position.Loss, Position.Seen, Position.Correct) = (isDone ? _settings.Epochs : Position.Epoch + 1, 0, 0, 0, 0);
            Write(checkpoint);
        }
        Best?.Restore();
        checkpoint?.Complete(Network);
    }

    /// <summary>The batches of a pass, the same every time.</summary>
    private protected abstract IBatches OpenPass(int epoch);

    /// <summary>The learning rate of a step.</summary>
    private protected abstract float RateOf(int epoch, int batch);

    /// <summary>Measures after a pass; whether training ends early.</summary>
    private protected abstract bool EndPass(float loss);

    private protected virtual void Resume(StateDictionary state)
    {
        Checkpoint.Restore(state, Network, Optimizer, Best);
        Position = Checkpoint.PositionOf(state);
        _random.Position = Position.Random;
    }

    /// <summary>Whether there is time for another pass.</summary>
    private bool RunPass(Checkpoint? checkpoint)
    {
        long written = Stopwatch.GetTimestamp();
        Network.Train();
        using IBatches batches = OpenPass(Position.Epoch);
        for (int number = 0; batches.Next(); number++)
        {
            // Those that were learned from before training was broken off.
            if (number < Position.Batch) continue;
            _environment.CancellationToken.ThrowIfCancellationRequested();
            Optimizer.LearningRate = RateOf(Position.Epoch, number);
            Learn(batches);
            Position.Batch = number + 1;
            if (_settings.TimeLimit is { } limit && Elapsed >= limit) return false;
            if (checkpoint is null || Stopwatch.GetElapsedTime(written).TotalSeconds < _settings.CheckpointSeconds) continue;
            Write(checkpoint);
            written = Stopwatch.GetTimestamp();
        }
        return true;
    }

    /// <summary>One step. In steady state it allocates nothing.</summary>
    private void Learn(IBatches batches)
    {
        using var step = new Step();
        (Tensor loss, int count, int correct) = batches.Forward();
        loss.Backward();
        if (_settings.ClipLength > 0) Optimizer.ClipGradients(_settings.ClipLength);
        Optimizer.Step();
        Optimizer.ClearGradients();
        float value = loss.ToScalar();
        if (!float.IsFinite(value))
            throw new MLPipelinesException($"{_settings.Name}: the loss became {value} in pass {Position.Epoch + 1}. A smaller LearningRate than {Optimizer.LearningRate} may help.");
        Position.Loss += (double)value * count;
        Position.Correct += correct;
        Position.Seen += count;
        Position.Random = _random.Position;
    }

    private void Write(Checkpoint? checkpoint)
    {
        if (checkpoint is null) return;
        (Position.Elapsed, _started) = (Elapsed.Ticks, Stopwatch.GetTimestamp());
        checkpoint.Write(Position, Network, Optimizer, Best);
    }
}
