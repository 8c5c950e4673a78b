using System.Diagnostics;
using System.Numerics.Tensors;
using MLPipelines.Tensors;
using MLPipelines.Trainers;
using MLPipelines.Vision;
using static MLPipelines.Vision.ImageClassificationTrainer;
using Tensor = MLPipelines.Tensors.Tensor;

namespace MLPipelines.Neural.Images;

/// <summary>
/// Trains a network on pictures: for each batch the loss, its derivatives and a step of the optimizer. What a step does follows from the seed, the pass
/// and its number, so that training that goes on from a checkpoint gives the same bits as training that was never broken off.
/// </summary>
internal sealed class NetworkTraining
{
    private readonly Options _options;
    private readonly TrainingPlan _plan;
    private readonly TrainingEnvironment _environment;
    private readonly string _name;
    private readonly ImageNetwork _network;
    private readonly RandomSource _random;
    private readonly Optimizer _optimizer;
    private readonly PictureSet _pictures;
    private readonly PictureSet? _validation;
    private readonly ImageBatchSource _batches;
    private readonly EarlyStopping? _stopping;
    private readonly StateDictionary? _best;
    private readonly float[] _scores;
    private TrainingPosition _position;

    internal NetworkTraining(
        Options options, TrainingPlan plan, TrainingEnvironment environment, string name, ImageNetwork network, RandomSource random, PictureSet pictures, PictureSet? validation, int seed)
    {
        (_options, _plan, _environment, _name, _network, _random, _pictures, _validation) = (options, plan, environment, name, network, random, pictures, validation);
        _optimizer = CreateOptimizer();
        _batches = new ImageBatchSource(pictures.Images, pictures.Labels, pictures.ClassCount, Batches(pictures, seed) with
        {
            Augmentation = plan.Augmentation,
            // Of many batches the last one may be left out: others are in it in the next pass.
            DropIncomplete = pictures.Count >= 16 * plan.BatchSize,
        });
        _stopping = validation is null ? null : options.EarlyStoppingCriteria?.Fresh();
        if (_stopping is not null)
        {
            _best = [];
            foreach (var (weight, tensor) in network.State()) _best.Add(weight, tensor.Clone().Keep());
        }
        _scores = new float[plan.BatchSize * pictures.ClassCount];
        _position = new TrainingPosition { Seed = seed, Random = random.Position };
        if (_stopping is not null) (_position.Best, _position.Waited) = (_stopping.Best, _stopping.Waited);
    }

    internal void Run(Checkpoint? checkpoint, StateDictionary? resumed)
    {
        if (resumed is not null) Resume(resumed);
        _environment.Report(_name, _position.Epoch, _plan.Epochs);
        bool isDone = false;
        while (!isDone && _position.Epoch < _plan.Epochs)
        {
            RunPass(checkpoint);
            isDone = EndPass();
            checkpoint?.Write(_position, _network, _optimizer, _best);
        }
        if (_best is not null) _network.Load(_best);
        checkpoint?.Complete(_network);
    }

    private void Resume(StateDictionary state)
    {
        Checkpoint.Restore(state, _network, _optimizer, _best);
        _position = Checkpoint.PositionOf(state);
        _random.Position = _position.Random;
        if (_stopping is not null) (_stopping.Best, _stopping.Waited) = (_position.Best, _position.Waited);
    }

    private void RunPass(Checkpoint? checkpoint)
    {
        long written = Stopwatch.GetTimestamp();
        _network.Train();
        using ImageBatchReader reader = _batches.Open(_position.Epoch, _environment.CancellationToken);
        for (int number = 0; reader.TryNext(out ImageBatch? batch); number++)
        {
            // Those that were learned from before training was broken off.
            if (number < _position.Batch) continue;
            _environment.CancellationToken.ThrowIfCancellationRequested();
            _optimizer.LearningRate = RateOf(number);
            Learn(batch);
            _position.Batch = number + 1;
            if (checkpoint is null || Stopwatch.GetElapsedTime(written).TotalSeconds < _options.CheckpointSeconds) continue;
            checkpoint.Write(_position, _network, _optimizer, _best);
            written = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>One step. In steady state it allocates nothing.</summary>
    private void Learn(ImageBatch batch)
    {
        using var step = new Step();
        int count = batch.Count, classes = _pictures.ClassCount;
        Tensor scores = _network.Forward(Pictures(batch));
        Tensor loss = scores.CrossEntropyOfDistributions(Tensor.From(batch.Labels, [count, classes]), smoothing: _options.LabelSmoothing);
        loss.Backward();
        if (_options.GradientClipping > 0) _optimizer.ClipGradients(_options.GradientClipping);
        _optimizer.Step();
        _optimizer.ClearGradients();
        float value = loss.ToScalar();
        if (!float.IsFinite(value))
            throw new MLPipelinesException($"{_name}: the loss became {value} in pass {_position.Epoch + 1}. A smaller LearningRate than {_plan.LearningRate} may help.");
        _position.Loss += (double)value * count;
        _position.Correct += CountCorrect(scores, batch, _pictures);
        _position.Seen += count;
        _position.Random = _random.Position;
    }

    /// <summary>Measures, tells the callback and counts the pass; whether training ends early.</summary>
    private bool EndPass()
    {
        float loss = (float)(_position.Loss / _position.Seen);
        if (_options.TestOnTrainSet) Tell(ImageClassificationMetrics.Dataset.Train, (float)_position.Correct / _position.Seen, loss, _batches.BatchCount);
        bool stops = false;
        if (_validation is not null)
        {
            (float accuracy, float entropy, int count) = Measure(_validation);
            TrainMetrics metrics = Tell(ImageClassificationMetrics.Dataset.Validation, accuracy, entropy, count);
            if (_stopping is not null)
            {
                stops = _stopping.ShouldStop(metrics);
                if (_stopping.Waited == 0) foreach (var (name, tensor) in _network.State()) _best![name].CopyFrom(tensor);
                (_position.Best, _position.Waited) = (_stopping.Best, _stopping.Waited);
            }
        }
        _environment.Report(_name, _position.Epoch + 1, _plan.Epochs, loss);
        (_position.Epoch, _position.Batch, _position.Loss, _position.Seen, _position.Correct) = (stops ? _plan.Epochs : _position.Epoch + 1, 0, 0, 0, 0);
        return stops;
    }

    private (float Accuracy, float Loss, int Batches) Measure(PictureSet pictures)
    {
        _network.Train(isTraining: false);
        var source = new ImageBatchSource(pictures.Images, pictures.Labels, pictures.ClassCount, Batches(pictures, seed: 0) with { Shuffle = false });
        double sum = 0;
        int correct = 0;
        using (ImageBatchReader reader = source.Open(0, _environment.CancellationToken))
        using (new NoGradient())
        {
            while (reader.TryNext(out ImageBatch? batch))
            {
                using var step = new Step();
                Tensor scores = _network.Forward(Pictures(batch));
                sum += scores.CrossEntropyOfDistributions(Tensor.From(batch.Labels, [batch.Count, pictures.ClassCount])).ToScalar() * (double)batch.Count;
                correct += CountCorrect(scores, batch, pictures);
            }
        }
        return ((float)correct / pictures.Count, (float)(sum / pictures.Count), source.BatchCount);
    }

    private Tensor Pictures(ImageBatch batch) => Tensor.From(batch.Pixels, [batch.Count, _batches.Shape.Height, _batches.Shape.Width, _batches.Shape.Channels]);

    private int CountCorrect(Tensor scores, ImageBatch batch, PictureSet pictures)
    {
        int classes = pictures.ClassCount, correct = 0;
        Span<float> all = _scores.AsSpan(0, batch.Count * classes);
        scores.CopyTo(all);
        for (int i = 0; i < batch.Count; i++)
            if (TensorPrimitives.IndexOfMax(all.Slice(i * classes, classes)) == pictures.Labels[batch.Rows[i]]) correct++;
        return correct;
    }

    private TrainMetrics Tell(ImageClassificationMetrics.Dataset dataset, float accuracy, float loss, int batches)
    {
        var metrics = new TrainMetrics
        {
            DatasetUsed = dataset,
            Accuracy = accuracy,
            CrossEntropy = loss,
            BatchProcessedCount = batches,
            Epoch = _position.Epoch,
            LearningRate = _optimizer.LearningRate,
        };
        _options.MetricsCallback?.Invoke(new ImageClassificationMetrics { Train = metrics });
        return metrics;
    }

    private float RateOf(int batch) => _plan.Scheduler.GetLearningRate(new TrainState(_position.Epoch, batch, _plan.BatchSize, _batches.BatchCount, _plan.Epochs), _plan.LearningRate);

    private ImageBatchOptions Batches(PictureSet pictures, int seed) => new()
    {
        BatchSize = _plan.BatchSize,
        Seed = seed,
        Mean = pictures.Input.Mean,
        Deviation = pictures.Input.Deviation,
        NumberOfThreads = _options.NumberOfThreads ?? 0,
    };

    /// <summary>What is not frozen; biases and normalizations, which have one axis, do not shrink.</summary>
    private Optimizer CreateOptimizer()
    {
        NamedTensor[] learned = [.. _network.Parameters.Where(parameter => !_options.FrozenPrefixes.Any(prefix => parameter.Name.StartsWith(prefix, StringComparison.Ordinal)))];
        foreach (NamedTensor parameter in _network.Parameters) parameter.Tensor.WithGradient(learned.Contains(parameter));
        if (learned.Length == 0) throw new ArgumentException($"{_name}: every parameter is frozen; nothing would be learned.");
        Optimizer optimizer = _options.Optimizer switch
        {
            OptimizerKind.Sgd => new Sgd([], _plan.LearningRate, 0.9f, isNesterov: true),
            OptimizerKind.Adam => new Adam([], _plan.LearningRate),
            _ => new AdamW([], _plan.LearningRate),
        };
        optimizer.Add(learned.Where(parameter => parameter.Tensor.Rank > 1), _options.WeightDecay);
        optimizer.Add(learned.Where(parameter => parameter.Tensor.Rank <= 1), weightDecay: 0);
        return optimizer;
    }
}
