using System.Globalization;
using MLPipelines.Cli.Commands;
using MLPipelines.Vision;
using static MLPipelines.Vision.ImageClassificationTrainer;

namespace MLPipelines.Cli.Train;

/// <summary>What <c>--trainer</c> and <c>--set</c> say of a network and its training.</summary>
internal sealed class ImageClassificationSettings
{
    private static readonly (string Name, Architecture Architecture)[] Trainers =
    [
        ("auto", Architecture.Automatic), ("small-convolutional", Architecture.SmallConvolutional), ("small-residual", Architecture.SmallResidual),
        ("depthwise-separable", Architecture.DepthwiseSeparable), ("resnet-18", Architecture.Resnet18), ("resnet-34", Architecture.Resnet34), ("resnet-50", Architecture.Resnet50), ("resnet-101", Architecture.ResnetV2101),
    ];

    private static readonly string[] Texts = ["optimizer", "imageSize", "initialWeights", "freeze"];

    private static readonly string[] Known =
    [
        "epochs", "batchSize", "learningRate", "weightDecay", "labelSmoothing", "dropout", "width", "depth", "patience", "validation", "testTimeFlip", "cacheMB", .. Texts,
        "flip", "verticalFlip", "shift", "rotation", "brightness", "contrast", "saturation", "cutout", "mixup", "cutmix",
    ];

    private readonly Settings _settings;

    internal ImageClassificationSettings(string? trainer, IReadOnlyList<string> given)
    {
        string[] names = [.. Trainers.Select(known => known.Name)];
        int index = trainer is null ? 0 : Array.FindIndex(names, name => name.Equals(trainer, StringComparison.OrdinalIgnoreCase));
        if (index < 0) throw new UsageException($"--trainer: there is no trainer '{trainer}' for image-classification.{NearNames.Hint(trainer!, names)} The trainers are: {string.Join(", ", names)}.");
        Architecture = Trainers[index].Architecture;
        _settings = new Settings(given, Known, Texts);
        if (_settings.Text("initialWeights") is { } file && !File.Exists(file)) throw new UsageException($"--set initialWeights: there is no file {file}.");
        if (ValidationShare is not (null or (>= 0 and < 1))) throw new UsageException("--set validation: expected a share of at least 0 and below 1, such as validation=0.1.");
        _ = ImageSize();
        _ = Optimizer();
    }

    internal Architecture Architecture { get; }

    internal double? ValidationShare => _settings["validation"];

    /// <summary>What a trainer is called here.</summary>
    internal static string NameOf(Architecture architecture) => Array.Find(Trainers, known => known.Architecture == architecture).Name ?? architecture.ToString();

    internal void Apply(Options options)
    {
        options.Epoch = _settings.Whole("epochs") ?? options.Epoch;
        options.BatchSize = _settings.Whole("batchSize") ?? options.BatchSize;
        options.LearningRate = (float?)_settings["learningRate"] ?? options.LearningRate;
        options.WeightDecay = (float)(_settings["weightDecay"] ?? options.WeightDecay);
        options.LabelSmoothing = (float)(_settings["labelSmoothing"] ?? options.LabelSmoothing);
        options.Dropout = (float?)_settings["dropout"] ?? options.Dropout;
        options.NetworkWidth = _settings.Whole("width") ?? options.NetworkWidth;
        options.NetworkDepth = _settings.Whole("depth") ?? options.NetworkDepth;
        options.PictureCacheMegabytes = _settings.Whole("cacheMB") ?? options.PictureCacheMegabytes;
        options.InitialWeights = _settings.Text("initialWeights") ?? options.InitialWeights;
        options.ImageSize = ImageSize() ?? options.ImageSize;
        options.Optimizer = Optimizer() ?? options.Optimizer;
        options.TestTimeFlip = IsOn("testTimeFlip") ?? options.TestTimeFlip;
        if (_settings.Text("freeze") is { } prefixes) options.FrozenPrefixes = OptionParsing.List(prefixes);
        if (_settings.Whole("patience") is { } patience) options.EarlyStoppingCriteria = new EarlyStopping(0.0005f, patience);
        ImageAugmentation usual = options.Augmentation ?? ImageAugmentation.None;
        options.Augmentation = usual with
        {
            HorizontalFlip = IsOn("flip") ?? usual.HorizontalFlip,
            VerticalFlip = IsOn("verticalFlip") ?? usual.VerticalFlip,
            CropPadding = _settings.Whole("shift") ?? usual.CropPadding,
            Rotation = _settings["rotation"] ?? usual.Rotation,
            Brightness = _settings["brightness"] ?? usual.Brightness,
            Contrast = _settings["contrast"] ?? usual.Contrast,
            Saturation = _settings["saturation"] ?? usual.Saturation,
            CutoutSize = _settings.Whole("cutout") ?? usual.CutoutSize,
            MixupAlpha = _settings["mixup"] ?? usual.MixupAlpha,
            CutmixAlpha = _settings["cutmix"] ?? usual.CutmixAlpha,
        };
    }

    private bool? IsOn(string name) => _settings[name] switch
    {
        null => null,
        0 => false,
        1 => true,
        var value => throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--set {name}: found {value}, expected 0 or 1.")),
    };

    private OptimizerKind? Optimizer() => _settings.Text("optimizer") is not { } name ? null : OptionParsing.Named<OptimizerKind>(name)
        ?? throw new UsageException($"--set optimizer: found '{name}', expected {string.Join(", ", Enum.GetNames<OptimizerKind>().Select(kind => kind.ToLowerInvariant()))}.");

    /// <summary>One side, or height x width.</summary>
    private (int Height, int Width)? ImageSize()
    {
        if (_settings.Text("imageSize") is not { } given) return null;
        int[] sides = [.. given.Split('x').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) ? side : 0)];
        return sides.Length is 1 or 2 && Array.TrueForAll(sides, side => side is >= 8 and <= 1024) ? (sides[0], sides[^1])
            : throw new UsageException($"--set imageSize: found '{given}', expected pixels from 8 to 1024, such as imageSize=128, or height and width, such as imageSize=96x128.");
    }
}
