using MLPipelines.Neural.Training;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>What a pass came to.</summary>
/// <param name="Number">The pass, from 1.</param>
/// <param name="Loss">The mean loss of what was learned from.</param>
/// <param name="ValidationLoss">That of what was not; NaN where all was.</param>
/// <param name="Tokens">How many tokens were learned from.</param>
internal readonly record struct DecoderPass(int Number, float Loss, float ValidationLoss, long Tokens);

/// <summary>
/// Trains a decoder to tell what comes next: windows of the text that begin anywhere, AdamW, a rise and half a cosine of the learning rate. With tokens to measure by, the weights
/// of the best pass are kept.
/// </summary>
internal sealed class DecoderTraining : TrainingLoop
{
    private readonly DecoderTrainingSettings _settings;
    private readonly TextDecoder _decoder;
    private readonly TokenWindows _windows;
    private readonly TokenWindows? _validation;
    private readonly CosineSchedule _schedule;
    private readonly Action<DecoderPass>? _ended;

    /// <param name="name">The name of the trainer, for messages and progress.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="environment">Progress and cancellation.</param>
    /// <param name="decoder">The network.</param>
    /// <param name="random">What the network draws from.</param>
    /// <param name="tokens">What is learned from.</param>
    /// <param name="validation">How many of them at the end it is measured by, and not learned from; or 0.</param>
    /// <param name="seed">Decides where windows begin.</param>
    /// <param name="ended">Told what each pass came to.</param>
    internal DecoderTraining(string name, DecoderTrainingSettings settings, TrainingEnvironment environment, TextDecoder decoder, RandomSource random, int[] tokens, int validation, int seed,
        Action<DecoderPass>? ended = null)
        : base(new LoopSettings(name, settings.Epochs) { ClipLength = (float)settings.ClipLength, CheckpointSeconds = settings.CheckpointSeconds, TimeLimit = settings.TimeLimit },
            environment, decoder, CreateOptimizer(name, settings, decoder), random, seed)
    {
        (_settings, _decoder, _ended) = (settings, decoder, ended);
        int learned = tokens.Length - validation;
        _windows = new TokenWindows(tokens, 0, learned, settings.BatchSize, settings.WindowSize);
        long steps = (long)settings.Epochs * _windows.BatchCount;
        _schedule = new CosineSchedule(steps, (float)settings.FinalRatio, (long)(settings.WarmUpRatio * steps));
        if (validation == 0) return;
        // The last token that is learned from tells of the first that is not.
        _validation = new TokenWindows(tokens, learned - 1, tokens.Length, settings.BatchSize, settings.WindowSize);
        Best = new KeptWeights(decoder);
        Position.BestLoss = float.PositiveInfinity;
    }

    /// <summary>The loss of the weights that were kept on the tokens that were not learned from; infinite without such.</summary>
    internal float BestLoss => Position.BestLoss;

    private protected override IBatches OpenPass(int epoch) => new Pass(_decoder, _windows, new RandomSource((ulong)(uint)Position.Seed << 32 | (uint)epoch));

    private protected override float RateOf(int epoch, int batch)
    {
        long step = (long)epoch * _windows.BatchCount + batch;
        // Where time is short, the share of it that is over says how far the schedule is.
        if (_settings.TimeLimit is { } limit) step = Math.Max(step, (long)(_schedule.Steps * Math.Min(1, Elapsed / limit)));
        return (float)_settings.LearningRate * _schedule.At(step);
    }

    private protected override bool EndPass(float loss)
    {
        float measured = float.NaN;
        if (_validation is not null)
        {
            measured = Measure(_validation);
            if (measured < Position.BestLoss)
            {
                Position.BestLoss = measured;
                Best!.Keep();
            }
        }
        _ended?.Invoke(new DecoderPass(Position.Epoch + 1, loss, measured, Position.Seen));
        return false;
    }

    private float Measure(TokenWindows windows)
    {
        Network.Train(isTraining: false);
        using var quiet = new NoGradient();
        double sum = 0;
        long count = 0;
        for (int batch = 0; batch < windows.BatchCount; batch++)
        {
            Cancellation.ThrowIfCancellationRequested();
            using var step = new Step();
            BatchResult result = windows.Loss(_decoder, windows.Take(batch));
            sum += result.Loss.ToScalar() * (double)result.Count;
            count += result.Count;
        }
        return (float)(sum / count);
    }

    private static AdamW CreateOptimizer(string name, DecoderTrainingSettings settings, TextDecoder decoder)
    {
        var optimizer = new AdamW([], (float)settings.LearningRate, 0.9f, 0.95f);
        LearnedParameters.Add(decoder, [], optimizer, (float)settings.WeightDecay, name);
        return optimizer;
    }

    private sealed class Pass(TextDecoder decoder, TokenWindows windows, RandomSource random) : IBatches
    {
        private int _number = -1, _count;

        public bool Next()
        {
            if (++_number >= windows.BatchCount) return false;
            _count = windows.Draw(random);
            return true;
        }

        public BatchResult Forward() => windows.Loss(decoder, _count);

        public void Dispose() { }
    }
}
