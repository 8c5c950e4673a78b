using MLPipelines.Data;
using MLPipelines.Neural.Images;
using MLPipelines.Neural.Training;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Vision;

/// <summary>
/// Trains a convolutional network that classifies pictures, all of it, from random weights or from those of a file.
/// </summary>
/// <remarks>
/// <para>Input: a label, which is a key, and pictures: the bytes of image files as <c>LoadRawImageBytes</c> gives them, images, or vectors of pixels of a known
/// size. Pictures are brought to one size, by cutting off evenly what sticks out; where all are grey, to one channel. They are normalized by mean and deviation of each channel
/// of the training set. Vectors are kept in 256 levels from the least to the greatest of their numbers.</para>
/// <para>Output: <c>Score</c>, the probability of each class, and <c>PredictedLabel</c>.</para>
/// <para>The training set is held in memory, pictures as bytes of the size that the network takes (a thousand of 128 by 128 pixels are 49 MB); files whose
/// pictures would take more than <see cref="Options.PictureCacheMegabytes"/> are held as they are.</para>
/// <para>The same seed gives the same weights, bit for bit, for any number of threads, and whether or not training was broken off in between.</para>
/// </remarks>
public sealed partial class ImageClassificationTrainer
    : ITrainerEstimator<MulticlassPredictionTransformer<ImageClassificationModelParameters>, ImageClassificationModelParameters>
{
    private const string Name = "ImageClassification";

    private readonly TrainingEnvironment _environment;
    private readonly Options _options;
    private readonly ClassColumnNames _columns;

    internal ImageClassificationTrainer(TrainingEnvironment environment, Options options)
    {
        _environment = environment;
        _options = options.Snapshot<Options>();
        _columns = new ClassColumnNames(options.ScoreColumnName, options.PredictedLabelColumnName);
        OptionChecks.Check(_options);
        _columns.Check();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        PictureColumn.Check(inputSchema.Require(_options.FeatureColumnName, Name), Name);
        SchemaShape.Column label = inputSchema.Require(_options.LabelColumnName, Name);
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !label.IsKey)
            throw new ArgumentOutOfRangeException(nameof(inputSchema),
                $"{Name}: label column '{_options.LabelColumnName}' is {label.GetTypeString()}, expected Key<UInt32>. Conversion.MapValueToKey makes one out of any column.");
        return inputSchema.With(ScoreColumns.MulticlassShape(label, _columns));
    }

    /// <summary>Trains the network.</summary>
    /// <exception cref="MLPipelinesException">The data cannot be learned from; the message says which row and column.</exception>
    public MulticlassPredictionTransformer<ImageClassificationModelParameters> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        _environment.CancellationToken.ThrowIfCancellationRequested();
        DataViewSchema.Column label = input.Schema[_options.LabelColumnName];
        ImageClassificationModelParameters model = Train(input);
        return new(model, _options.FeatureColumnName, (KeyDataViewType)label.Type, KeyValues.Of(label)) { Names = _columns };
    }

    private ImageClassificationModelParameters Train(IDataView data)
    {
        StateDictionary? initial = _options.InitialWeights is null ? null : InitialWeights.Read(_options.InitialWeights);
        PictureSetReader reader = new(Name, _options.FeatureColumnName, _options.LabelColumnName, _options.ImageSize, (long)_options.PictureCacheMegabytes << 20, _environment.CancellationToken)
        {
            KeepsColors = initial is not null,
        };
        PictureSet pictures = reader.Read(data);
        CheckClasses(pictures);
        if (initial is not null && pictures.Input.Shape.Channels == 3) pictures = pictures with { Input = pictures.Input with { Mean = InitialWeights.Mean, Deviation = InitialWeights.Deviation } };
        PictureSet? validation = _options.ValidationSet is null ? null : reader.Read(Checked(_options.ValidationSet, pictures.ClassCount), pictures.Input);
        var plan = TrainingPlan.Of(_options, pictures, initial);
        int? fixedSeed = _options.Seed ?? _environment.Seed;
        Checkpoint? checkpoint = _options.WorkspacePath is null ? null
            : new Checkpoint(_options.WorkspacePath, _options.FinalModelPrefix + plan.Network.Kind, Fingerprints.Of(plan, _options, pictures, validation, fixedSeed));
        StateDictionary? resumed = checkpoint?.Read();
        int seed = resumed is null ? _environment.SeedFor(Name, _options.Seed) : Checkpoint.PositionOf(resumed).Seed;
        if (validation is null && _options.ValidationSetFraction is { } share && (_options.EarlyStoppingCriteria is not null || _options.MetricsCallback is not null))
            (pictures, validation) = Split(pictures, share, seed);
        var random = new RandomSource((ulong)seed);
        ImageNetwork network = plan.Network.Create(random);
        if (initial is not null) InitialWeights.Apply(initial, _options.InitialWeights!, network);
        using (Crew.Limit(_options.NumberOfThreads))
            new PictureTraining(_options, plan, _environment, Name, network, random, pictures, validation, seed).Run(checkpoint, resumed);
        return new ImageClassificationModelParameters(plan.Network, pictures.Input, _options.TestTimeFlip, network);
    }

    private void CheckClasses(PictureSet pictures)
    {
        if (!pictures.Labels.AsSpan().ContainsAnyExcept(pictures.Labels[0])) throw new MLPipelinesException(
            $"{Name}: every row of column '{_options.LabelColumnName}' has the same label, expected at least two different ones.");
    }

    private IDataView Checked(IDataView validation, int classes)
    {
        GetOutputSchema(SchemaShape.Create(validation.Schema));
        return validation.Schema[_options.LabelColumnName].Type is KeyDataViewType key && (int)key.Count == classes ? validation : throw new ArgumentOutOfRangeException(
            nameof(validation), $"{Name}: column '{_options.LabelColumnName}' of the validation set is {validation.Schema[_options.LabelColumnName].Type}, expected {classes} classes as in the training set. Transform both by the same fitted MapValueToKey.");
    }

    private static (PictureSet Pictures, PictureSet? Validation) Split(PictureSet pictures, float share, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, pictures.Count)];
        new RandomSource((ulong)seed ^ 0x5bd1e995).Shuffle<int>(rows);
        int count = (int)Math.Round(pictures.Count * share, MidpointRounding.AwayFromZero);
        return count == 0 || count == pictures.Count ? (pictures, null) : (pictures.Pick([.. rows[count..].Order()]), pictures.Pick([.. rows[..count].Order()]));
    }
}
