using MLPipelines.Trainers;

namespace MLPipelines.Vision;

public sealed partial class ImageClassificationTrainer
{
    /// <summary>Networks. Their weights are random at first unless <see cref="Options.InitialWeights"/> names a file.</summary>
    public enum Architecture
    {
        /// <summary>ResNet-101 as torchvision has it.</summary>
        ResnetV2101,

        /// <summary>Not there: it is refused.</summary>
        InceptionV3,

        /// <summary>The same as <see cref="DepthwiseSeparable"/>, of its kind.</summary>
        MobilenetV2,

        /// <summary>ResNet-50 as torchvision has it, the same as <see cref="Resnet50"/>.</summary>
        ResnetV250,

        /// <summary>By the data: <see cref="SmallConvolutional"/> for small grey pictures, otherwise <see cref="SmallResidual"/>.</summary>
        Automatic,

        /// <summary>Three convolutions with pooling, from 32 channels.</summary>
        SmallConvolutional,

        /// <summary>Three stages of three residual blocks, from 16 channels unless chosen otherwise: ResNet-20 of the paper.</summary>
        SmallResidual,

        /// <summary>Depthwise and pointwise convolutions by turns, from 32 channels.</summary>
        DepthwiseSeparable,

        /// <summary>ResNet-18; its first layers are those for small pictures where these are up to 64 pixels.</summary>
        Resnet18,

        /// <summary>ResNet-34, likewise.</summary>
        Resnet34,

        /// <summary>ResNet-50, likewise.</summary>
        Resnet50,
    }

    /// <summary>How weights follow their gradients.</summary>
    public enum OptimizerKind
    {
        /// <summary>Adam, with the weight decay apart from the gradient.</summary>
        AdamW,

        /// <summary>Adam.</summary>
        Adam,

        /// <summary>Stochastic gradient descent with Nesterov's momentum of 0.9.</summary>
        Sgd,
    }

    /// <summary>
    /// The options of <see cref="ImageClassificationTrainer"/>: first those of ML.NET, then those of this trainer alone. What ML.NET gives a fixed number, and this
    /// trainer, which trains whole networks, chooses by the data, is <see langword="null"/> unless it is set.
    /// </summary>
    public sealed class Options : TrainerInputBaseWithLabel
    {
        /// <summary>Pictures in a batch; <see langword="null"/>: 64, down to 16 for few pictures and for large ones.</summary>
        public int? BatchSize;

        /// <summary>Passes over the data at most; <see langword="null"/>: by the number of pictures.</summary>
        public int? Epoch;

        /// <summary>The learning rate, where <see cref="LearningRateScheduler"/> has none of its own; <see langword="null"/>: by the optimizer and the network.</summary>
        public float? LearningRate;

        /// <summary>
        /// Ends training early; the weights are then those of the best pass. <see langword="null"/>, other than in ML.NET: all passes are made, since the usual schedule
        /// reaches its best in the last ones.
        /// </summary>
        public EarlyStopping? EarlyStoppingCriteria;

        /// <summary>The network.</summary>
        public Architecture Arch = Architecture.Automatic;

        /// <summary>The column of probabilities.</summary>
        public string ScoreColumnName = "Score";

        /// <summary>The column of the class with the highest probability.</summary>
        public string PredictedLabelColumnName = "PredictedLabel";

        /// <summary>What the names of files in <see cref="WorkspacePath"/> begin with.</summary>
        public string FinalModelPrefix = "custom_retrained_model_based_on_";

        /// <summary>Is told the metrics of each pass.</summary>
        public Action<ImageClassificationMetrics>? MetricsCallback;

        /// <summary>
        /// The folder of checkpoints, which training resumes from after it was broken off, and of the final weights as a safetensors file; <see langword="null"/>: nothing is written.
        /// </summary>
        public string? WorkspacePath;

        /// <summary>Whether <see cref="MetricsCallback"/> is told of the training pictures, as they were seen in the pass, changed at random.</summary>
        public bool TestOnTrainSet = true;

        /// <summary>Ignored: nothing is computed beforehand that could be used again.</summary>
        public bool ReuseTrainSetBottleneckCachedValues;

        /// <summary>Ignored, likewise.</summary>
        public bool ReuseValidationSetBottleneckCachedValues;

        /// <summary>Pictures to measure by.</summary>
        public IDataView? ValidationSet;

        /// <summary>
        /// The share of the training pictures to measure by, which are then not learned from, where there is no <see cref="ValidationSet"/> and early stopping or a callback
        /// asks for it; <see langword="null"/> for none. Above 0 and below 1.
        /// </summary>
        public float? ValidationSetFraction = 0.1f;

        /// <summary>Ignored, as the options to use it.</summary>
        public string TrainSetBottleneckCachedValuesFileName = "trainSetBottleneckFile.csv";

        /// <summary>Ignored, likewise.</summary>
        public string ValidationSetBottleneckCachedValuesFileName = "validationSetBottleneckFile.csv";

        /// <summary>How the learning rate changes; <see langword="null"/>: <see cref="OneCycleLR"/>.</summary>
        public LearningRateScheduler? LearningRateScheduler;

        /// <summary>What pictures are brought to, by cutting off what sticks out; <see langword="null"/>: their own size up to 64 pixels, otherwise at most 128.</summary>
        public (int Height, int Width)? ImageSize;

        /// <summary>What training pictures are changed by; <see langword="null"/>: moved by up to an eighth of their side, and mirrored if they have colours.</summary>
        public ImageAugmentation? Augmentation;

        /// <summary>How much of each label is spread over all classes, 0 to below 1.</summary>
        public float LabelSmoothing;

        /// <summary>How much weights shrink; biases and normalizations do not.</summary>
        public float WeightDecay = 0.01f;

        /// <summary>How weights follow their gradients.</summary>
        public OptimizerKind Optimizer = OptimizerKind.AdamW;

        /// <summary>The rate of dropout before the last layer, 0 to below 1; <see langword="null"/>: 0.25 for <see cref="Architecture.SmallConvolutional"/>, 0 for others.</summary>
        public float? Dropout;

        /// <summary>Gradients together are no longer than this; 0 for no bound.</summary>
        public float GradientClipping = 5;

        /// <summary>Channels after the first convolution; <see langword="null"/>: those of the architecture.</summary>
        public int? NetworkWidth;

        /// <summary>Residual blocks of each of the three stages of <see cref="Architecture.SmallResidual"/>: 3 for ResNet-20, 9 for ResNet-56.</summary>
        public int NetworkDepth = 3;

        /// <summary>
        /// A safetensors file of weights to start with, such as one of torchvision's ResNets. Those of the last layer are left out where they are of other classes. Pictures
        /// are then normalized as torchvision does, if they have colours.
        /// </summary>
        public string? InitialWeights;

        /// <summary>Parameters whose names begin with one of these stay as they are, such as <c>conv1</c>, <c>bn1</c> and <c>layer1</c>. Running means move on nevertheless.</summary>
        public IReadOnlyList<string> FrozenPrefixes = [];

        /// <summary>Whether predictions are the mean of those of the picture and of its mirror image.</summary>
        public bool TestTimeFlip;

        /// <summary>Fixes every random choice; <see langword="null"/>: the context's seed does.</summary>
        public int? Seed;

        /// <summary>Threads that compute and prepare pictures; <see langword="null"/> for all cores. It changes no number.</summary>
        public int? NumberOfThreads;

        /// <summary>How many megabytes decoded pictures may take. Files beyond are kept encoded and decoded at every pass.</summary>
        public int PictureCacheMegabytes = 1024;

        /// <summary>How often checkpoints are written within a pass, in seconds; after each pass they are anyway.</summary>
        public double CheckpointSeconds = 60;
    }
}
