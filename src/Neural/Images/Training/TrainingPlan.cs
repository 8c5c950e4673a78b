using MLPipelines.Tensors;
using MLPipelines.Trainers;
using MLPipelines.Vision;
using static MLPipelines.Vision.ImageClassificationTrainer;

namespace MLPipelines.Neural.Images;

/// <summary>What a network is and how it is trained: the options, with what they leave open chosen by the data.</summary>
internal sealed record TrainingPlan(NetworkDescription Network, int BatchSize, int Epochs, float LearningRate, LearningRateScheduler Scheduler, ImageAugmentation Augmentation)
{
    /// <summary>Pictures larger than this begin with a stem that makes them a quarter as large.</summary>
    private const int SmallSide = 64;

    /// <param name="options">The options.</param>
    /// <param name="pictures">What is learned from.</param>
    /// <param name="initial">Weights to start with, which say what the first layer is; or none.</param>
    internal static TrainingPlan Of(Options options, PictureSet pictures, StateDictionary? initial)
    {
        ImageShape shape = pictures.Images.Shape;
        NetworkDescription network = Describe(options, shape, pictures.ClassCount, initial);
        bool isSmall = network.Kind == NetworkKind.SmallConvolutional;
        // Small sets and large pictures have smaller batches: the former for enough steps in a pass, the latter for the caches.
        int batch = options.BatchSize ?? Math.Clamp(Math.Min(pictures.Count / 20, (1 << 22) / shape.Size), 16, 64);
        // Small sets are divided into batches of nearly the same size.
        int batches = Math.Max(1, (pictures.Count + batch - 1) / batch);
        if (batches < 16) batch = (pictures.Count + batches - 1) / batches;
        int epochs = options.Epoch ?? (isSmall ? Math.Clamp(720_000 / pictures.Count, 12, 100) : Math.Clamp(1_500_000 / pictures.Count, 30, 100));
        float rate = options.LearningRate ?? (options.Optimizer == OptimizerKind.Sgd ? 0.1f * batch / 128 : 3e-3f);
        return new TrainingPlan(network, batch, epochs, rate, options.LearningRateScheduler ?? new OneCycleLR(), options.Augmentation ?? Usual(shape));
    }

    private static NetworkDescription Describe(Options options, ImageShape shape, int classes, StateDictionary? initial)
    {
        bool isLarge = initial is not null && initial.TryGet("conv1.weight", out Tensor first) ? first.Rank == 4 && first.Shape[2] > 3 : Math.Min(shape.Height, shape.Width) > SmallSide;
        Architecture architecture = options.Arch;
        if (architecture == Architecture.Automatic)
            architecture = shape.Channels == 1 && Math.Max(shape.Height, shape.Width) <= 32 ? Architecture.SmallConvolutional : Architecture.SmallResidual;
        int depth = options.NetworkDepth;
        (NetworkKind kind, int features, int[] blocks) = architecture switch
        {
            Architecture.SmallConvolutional => (NetworkKind.SmallConvolutional, 32, Array.Empty<int>()),
            Architecture.SmallResidual => (NetworkKind.Residual, 16, [depth, depth, depth]),
            Architecture.DepthwiseSeparable or Architecture.MobilenetV2 => (NetworkKind.DepthwiseSeparable, 32, []),
            Architecture.Resnet18 => (NetworkKind.Residual, 64, [2, 2, 2, 2]),
            Architecture.Resnet34 => (NetworkKind.Residual, 64, [3, 4, 6, 3]),
            Architecture.Resnet50 or Architecture.ResnetV250 => (NetworkKind.Bottleneck, 64, [3, 4, 6, 3]),
            Architecture.ResnetV2101 => (NetworkKind.Bottleneck, 64, [3, 4, 23, 3]),
            _ => throw new NotSupportedException(
                $"The architecture {architecture} is not there. Choose one of {string.Join(", ", Enum.GetValues<Architecture>().Where(known => known != Architecture.InceptionV3))}."),
        };
        float dropout = options.Dropout ?? (kind == NetworkKind.SmallConvolutional ? 0.25f : 0);
        return new NetworkDescription(kind, shape.Height, shape.Width, shape.Channels, classes, options.NetworkWidth ?? features, blocks, isLarge && kind != NetworkKind.SmallConvolutional, dropout);
    }

    private static ImageAugmentation Usual(ImageShape shape) => new()
    {
        CropPadding = Math.Max(1, shape.Channels == 1 ? Math.Min(shape.Height, shape.Width) / 14 : Math.Min(shape.Height, shape.Width) / 8),
        HorizontalFlip = shape.Channels == 3,
    };
}
