using System.Numerics.Tensors;
using MLPipelines.Neural.Training;
using MLPipelines.Tensors;
using MLPipelines.Trainers;
using MLPipelines.Vision;
using static MLPipelines.Vision.ImageClassificationTrainer;
using Tensor = MLPipelines.Tensors.Tensor;

namespace MLPipelines.Neural.Images;

/// <summary>Trains a network on pictures.</summary>
internal sealed class PictureTraining : TrainingLoop
{
    private readonly Options _options;
    private readonly TrainingPlan _plan;
    private readonly ImageNetwork _network;
    private readonly PictureSet _pictures;
    private readonly PictureSet? _validation;
    private readonly ImageBatchSource _batches;
    private readonly EarlyStopping? _stopping;
    private readonly float[] _scores;

    internal PictureTraining(
        Options options, TrainingPlan plan, TrainingEnvironment environment, string name, ImageNetwork network, RandomSource random, PictureSet pictures, PictureSet? validation, int seed)
        : base(new LoopSettings(name, plan.Epochs) { ClipLength = options.GradientClipping, CheckpointSeconds = options.CheckpointSeconds },
            environment, network, CreateOptimizer(options, plan, network, name), random, seed)
    {
        (_options, _plan, _network, _pictures, _validation) = (options, plan, network, pictures, validation);
        // Of many batches the last one may be left out: others are in it in the next pass.
        _batches = new ImageBatchSource(pictures.Images, pictures.Labels, pictures.ClassCount,
            Batches(pictures, seed) with { DropIncomplete = pictures.Count >= 16 * plan.BatchSize, Augmentation = plan.Augmentation });
        _scores = new float[plan.BatchSize * pictures.ClassCount];
        _stopping = validation is null ? null : options.EarlyStoppingCriteria?.Fresh();
        if (_stopping is null) return;
        Best = new KeptWeights(network);
        (Position.Best, Position.Waited) = (_stopping.Best, _stopping.Waited);
    }

    private protected override void Resume(StateDictionary state)
    {
        base.Resume(state);
        if (_stopping is not null) (_stopping.Best, _stopping.Waited) = (Position.Best, Position.Waited);
    }

    private protected override IBatches OpenPass(int epoch) => new Pass(this, _batches.Open(epoch, Cancellation));

    private protected override float RateOf(int epoch, int batch) =>
        _plan.Scheduler.GetLearningRate(new TrainState(epoch, batch, _plan.BatchSize, _batches.BatchCount, _plan.Epochs), _plan.LearningRate);

    /// <summary>Measures, and tells the callback.</summary>
    private protected override bool EndPass(float loss)
    {
        if (_options.TestOnTrainSet) Tell(ImageClassificationMetrics.Dataset.Train, (float)Position.Correct / Position.Seen, loss, _batches.BatchCount);
        if (_validation is null) return false;
        (float accuracy, float entropy, int count) = Measure(_validation);
        TrainMetrics metrics = Tell(ImageClassificationMetrics.Dataset.Validation, accuracy, entropy, count);
        if (_stopping is null) return false;
        bool stops = _stopping.ShouldStop(metrics);
        if (_stopping.Waited == 0) Best!.Keep();
        (Position.Best, Position.Waited) = (_stopping.Best, _stopping.Waited);
        return stops;
    }

    private (float Accuracy, float Loss, int Batches) Measure(PictureSet pictures)
    {
        _network.Train(isTraining: false);
        var source = new ImageBatchSource(pictures.Images, pictures.Labels, pictures.ClassCount, Batches(pictures, seed: 0) with { Shuffle = false });
        double sum = 0;
        int correct = 0;
        using (ImageBatchReader reader = source.Open(0, Cancellation))
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
            Epoch = Position.Epoch,
            LearningRate = Optimizer.LearningRate,
        };
        _options.MetricsCallback?.Invoke(new ImageClassificationMetrics { Train = metrics });
        return metrics;
    }

    private ImageBatchOptions Batches(PictureSet pictures, int seed) => new()
    {
        BatchSize = _plan.BatchSize,
        Seed = seed,
        Mean = pictures.Input.Mean,
        Deviation = pictures.Input.Deviation,
        NumberOfThreads = _options.NumberOfThreads ?? 0,
    };

    private static Optimizer CreateOptimizer(Options options, TrainingPlan plan, ImageNetwork network, string name)
    {
        Optimizer optimizer = options.Optimizer switch
        {
            OptimizerKind.Sgd => new Sgd([], plan.LearningRate, 0.9f, isNesterov: true),
            OptimizerKind.Adam => new Adam([], plan.LearningRate),
            _ => new AdamW([], plan.LearningRate),
        };
        LearnedParameters.Add(network, options.FrozenPrefixes, optimizer, options.WeightDecay, name);
        return optimizer;
    }

    private sealed class Pass(PictureTraining training, ImageBatchReader reader) : IBatches
    {
        private ImageBatch? _batch;

        public bool Next() => reader.TryNext(out _batch);

        public BatchResult Forward()
        {
            ImageBatch batch = _batch!;
            Tensor scores = training._network.Forward(training.Pictures(batch));
            Tensor loss = scores.CrossEntropyOfDistributions(Tensor.From(batch.Labels, [batch.Count, training._pictures.ClassCount]), smoothing: training._options.LabelSmoothing);
            return new BatchResult(loss, batch.Count, training.CountCorrect(scores, batch, training._pictures));
        }

        public void Dispose() => reader.Dispose();
    }
}
