namespace MLPipelines.Trainers;

/// <summary>
/// Linear support vector machines, one class against the rest, with probabilities. Made for sparse features of high dimension,
/// such as n-grams. See <see cref="OneVersusRestDualDescent"/> for the objective, <see cref="NaiveBayesPrior"/> for what the weights
/// may be pulled towards, <see cref="QuantizedLinearModel"/> for the model.
/// </summary>
/// <remarks>Columns and outputs are those of every multiclass trainer. The training set is held in memory.</remarks>
public sealed class LinearSvmMulticlassTrainer : MulticlassTrainer<QuantizedLinearModel>
{
    private readonly LinearSvmMulticlassOptions _options;

    internal LinearSvmMulticlassTrainer(TrainingEnvironment environment, string labelColumn, string featureColumn, LinearSvmMulticlassOptions options)
        : base(environment, "LinearSvm", labelColumn, featureColumn, options.ExampleWeightColumnName)
    {
        OptionCheck.AboveZero(options.Cost, nameof(options.Cost));
        OptionCheck.NotBelowZero(options.PriorStrength, nameof(options.PriorStrength));
        OptionCheck.NotBelowZero(options.BiasScale, nameof(options.BiasScale));
        OptionCheck.AboveZero(options.Tolerance, nameof(options.Tolerance));
        OptionCheck.AboveZero(options.MaximumPasses, nameof(options.MaximumPasses));
        if (options.InverseTemperature is { } given) OptionCheck.AboveZero(given, nameof(options.InverseTemperature));
        if (options.NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(options.NumberOfThreads));
        _options = options;
    }

    private protected override void CheckClasses(TrainingSet examples)
    {
        if (examples.ClassCount < 2) throw new MLPipelinesException(
            $"{Name}: column '{LabelColumnName}' has {examples.ClassCount} class, expected at least two.");
        base.CheckClasses(examples);
    }

    private protected override QuantizedLinearModel Train(TrainingSet examples, TrainingEnvironment environment)
    {
        int[] classes = Array.ConvertAll(examples.Labels, label => (int)label);
        float inverseTemperature = _options.InverseTemperature ?? Calibrate(examples, classes, environment);
        return Train(examples, classes, rows: null, _options, environment, inverseTemperature);
    }

    /// <summary>Learns a model from some of the examples.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="classes">The class of each, from 0.</param>
    /// <param name="rows">The rows to learn from; <see langword="null"/> for all.</param>
    /// <param name="options">Settings; the temperature is given apart.</param>
    /// <param name="environment">Seed, progress and cancellation.</param>
    /// <param name="inverseTemperature">What margins are multiplied by.</param>
    internal static QuantizedLinearModel Train(
        TrainingSet examples, int[] classes, int[]? rows, LinearSvmMulticlassOptions options, TrainingEnvironment environment, float inverseTemperature)
    {
        int classCount = examples.ClassCount;
        bool[] present = ExampleWeights.PresentClasses(examples, classCount, allowOne: true, rows);
        var result = OneVersusRestDualDescent.Train(examples.Features, classes, classCount, new DualDescentOptions
        {
            Cost = options.Cost,
            BiasScale = options.BiasScale,
            Tolerance = options.Tolerance,
            MaximumPasses = options.MaximumPasses,
            RowWeights = examples.Weights,
            Center = options.PriorStrength > 0 ? NaiveBayesPrior.Weights(examples, classes, rows, options.PriorStrength) : null,
            Seed = environment.SeedFor("LinearSvm"),
            NumberOfThreads = options.NumberOfThreads,
        }, rows, environment.Progress, environment.CancellationToken);
        return ModelOf(result, present, inverseTemperature);
    }

    /// <summary>Two classes are one problem: its weights, and their opposites for the first class. A class without examples never comes first.</summary>
    private static QuantizedLinearModel ModelOf(DualDescentResult result, bool[] present, float inverseTemperature)
    {
        int classCount = present.Length, features = result.Weights.Length / result.Stride;
        float[] weights = new float[features * classCount], biases = new float[classCount];
        if (classCount > 2)
        {
            for (int feature = 0; feature < features; feature++)
                result.Weights.AsSpan(feature * result.Stride, classCount).CopyTo(weights.AsSpan(feature * classCount));
            result.Biases.CopyTo(biases, 0);
        }
        else
        {
            for (int feature = 0; feature < features; feature++)
                (weights[2 * feature], weights[2 * feature + 1]) = (-result.Weights[feature * result.Stride], result.Weights[feature * result.Stride]);
            (biases[0], biases[1]) = (-result.Biases[0], result.Biases[0]);
        }
        for (int k = 0; k < classCount; k++)
            if (!present[k]) biases[k] = ExampleWeights.AbsentBias;
        return QuantizedLinearModel.Quantize(weights, biases, inverseTemperature);
    }

    /// <summary>Trains on four fifths and finds the temperature that suits the rest.</summary>
    private float Calibrate(TrainingSet examples, int[] classes, TrainingEnvironment environment)
    {
        int[] order = [.. Enumerable.Range(0, examples.RowCount).Where(row => examples.WeightOf(row) > 0)];
        new Random(environment.SeedFor("LinearSvm calibration")).Shuffle(order);
        int[] held = order[..(order.Length / 5)], rest = order[(order.Length / 5)..];
        bool[] present = ExampleWeights.PresentClasses(examples, examples.ClassCount, allowOne: true, rest);
        // What a class that was not learned gets says nothing about the others.
        held = Array.FindAll(held, row => present[classes[row]]);
        // Too few examples to hold some back: margins are taken as they are.
        if (held.Length == 0 || present.Count(p => p) < 2) return 1;
        Array.Sort(rest);
        QuantizedLinearModel model = Train(examples, classes, rest, _options, environment, 1);
        float[] margins = new float[held.Length * examples.ClassCount];
        for (int i = 0; i < held.Length; i++)
            model.Margins(examples.Features[held[i]], margins.AsSpan(i * examples.ClassCount, examples.ClassCount));
        return TemperatureScaling.InverseTemperature(margins, Array.ConvertAll(held, row => classes[row]), examples.ClassCount);
    }
}
