using MLPipelines.Neural.Training;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>
/// Trains a network on texts: batches of about the same length in a random order, a linear rise and fall of the learning rate, AdamW. With a validation set the
/// weights of the best pass are kept.
/// </summary>
internal sealed class TextTraining : TrainingLoop
{
    private readonly TextTrainingSettings _settings;
    private readonly TextTask _task;
    private readonly TextTask? _validation;
    private readonly RandomSource _random;
    private readonly LengthGroupedBatches _batches;
    private readonly LengthGroupedBatches? _validationBatches;
    private readonly LinearSchedule _schedule;

    /// <param name="settings">How it is trained.</param>
    /// <param name="environment">Progress and cancellation.</param>
    /// <param name="network">The network, its heads included, that the tasks put rows through.</param>
    /// <param name="random">What the network draws from.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="validation">What is measured after each pass; or nothing.</param>
    /// <param name="seed">Decides the order of the rows.</param>
    internal TextTraining(TextTrainingSettings settings, TrainingEnvironment environment, Module network, RandomSource random, TextTask task, TextTask? validation, int seed)
        : base(new LoopSettings(settings.Name, settings.Epochs) { ClipLength = (float)settings.ClipLength, CheckpointSeconds = settings.CheckpointSeconds, TimeLimit = settings.TimeLimit },
            environment, network, CreateOptimizer(settings, network), random, seed)
    {
        (_settings, _random, _task, _validation) = (settings, random, task, validation);
        _batches = new LengthGroupedBatches(task.Lengths, settings.BatchSize, seed);
        long steps = (long)settings.Epochs * _batches.Count;
        _schedule = new LinearSchedule(steps, (long)(settings.WarmUpRatio * steps), (float)settings.StartRatio, (float)settings.FinalRatio);
        if (validation is null) return;
        _validationBatches = new LengthGroupedBatches(validation.Lengths, settings.BatchSize, seed);
        _validationBatches.ArrangeByLength();
        Best = new KeptWeights(network);
        (Position.Best, Position.BestLoss) = (float.NegativeInfinity, float.PositiveInfinity);
    }

    /// <summary>The share of the validation set that the weights which were kept have right, and their loss.</summary>
    internal (float Accuracy, float Loss) BestResult => (Position.Best, Position.BestLoss);

    private protected override IBatches OpenPass(int epoch)
    {
        _batches.Arrange(epoch);
        return new Pass(_task, _batches, _random);
    }

    private protected override float RateOf(int epoch, int batch)
    {
        long step = (long)epoch * _batches.Count + batch;
        // Where time is short, the share of it that is over says how far the schedule is.
        if (_settings.TimeLimit is { } limit) step = Math.Max(step, (long)(_schedule.Steps * Math.Min(1, Elapsed / limit)));
        return (float)_settings.LearningRate * _schedule.At(step);
    }

    private protected override bool EndPass(float loss)
    {
        if (_validation is null) return false;
        (float accuracy, float validationLoss) = Measure(_validation, _validationBatches!);
        if (accuracy > Position.Best || accuracy == Position.Best && validationLoss < Position.BestLoss)
        {
            (Position.Best, Position.BestLoss, Position.Waited) = (accuracy, validationLoss, 0);
            Best!.Keep();
            return false;
        }
        return ++Position.Waited >= _settings.Patience;
    }

    private (float Accuracy, float Loss) Measure(TextTask task, LengthGroupedBatches batches)
    {
        Network.Train(isTraining: false);
        using var quiet = new NoGradient();
        // Masks and the like are the same after every pass.
        var random = new RandomSource(0);
        double sum = 0;
        long count = 0, correct = 0;
        for (int number = 0; number < batches.Count; number++)
        {
            Cancellation.ThrowIfCancellationRequested();
            using var step = new Step();
            BatchResult result = task.Forward(batches[number], random);
            sum += result.Loss.ToScalar() * (double)result.Count;
            count += result.Count;
            correct += result.Correct;
        }
        return (task.HasAccuracy ? (float)correct / count : 0, (float)(sum / count));
    }

    private static AdamW CreateOptimizer(TextTrainingSettings settings, Module network)
    {
        var optimizer = new AdamW([], (float)settings.LearningRate, (float)settings.Beta1, (float)settings.Beta2, (float)settings.Epsilon);
        LearnedParameters.Add(network, settings.FrozenPrefixes, optimizer, (float)settings.WeightDecay, settings.Name);
        return optimizer;
    }

    private sealed class Pass(TextTask task, LengthGroupedBatches batches, RandomSource random) : IBatches
    {
        private int _number = -1;

        public bool Next() => ++_number < batches.Count;

        public BatchResult Forward() => task.Forward(batches[_number], random);

        public void Dispose() { }
    }
}
