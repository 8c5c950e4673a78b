using System.Globalization;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Apply;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Train;

/// <summary><c>mlp train image-classification</c>.</summary>
internal sealed class ImageClassificationTraining : Training
{
    private const string LabelName = "class";

    // A report is looked at, and its heat maps take a while.
    private const int MostShown = 24;

    private const int MostClasses = 30;

    private readonly ImageClassificationSettings _settings;
    private ImageClassifier? _classifier;
    private ScoredImages? _scored;

    internal ImageClassificationTraining(CommandHost host, TrainArguments arguments) : base(host, arguments, "image-classification") =>
        _settings = new ImageClassificationSettings(arguments.Trainer, arguments.Settings);

    // What is compared of a column are its numbers and words.
    protected override bool KeepsProfile => false;

    protected override TrainingData Load(ProgressDisplay progress)
    {
        var (train, test) = ImageFiles.Open(Arguments.Dataset, Arguments.LabelColumn, Arguments.Image?.PathColumn, progress.Note, Host.Cancellation);
        string testRows = $"test pictures of {Arguments.Dataset}";
        if (Arguments.TestDataset is { } path)
            (test, testRows) = (ImageFiles.Labelled(path, Arguments.LabelColumn, Arguments.Image?.PathColumn, progress.Note, Host.Cancellation), $"test pictures of {path}");
        else if (Arguments.Split is { } share)
            ((train, test), testRows) = (train.Split(share, Arguments.Seed), $"test pictures set aside from {Arguments.Dataset}");
        if (test is not null && ImageDuplicates.Across(train, test, Host.Cancellation) is { Count: > 0 } twice)
            progress.Note($"{Figures.Count(twice.Count, "test picture")} stand{(twice.Count == 1 ? "s" : "")} among those to learn from as well, such as {twice[0].Second.Name} ({twice[0].First.Name}): the metrics flatter.");
        return new TrainingData(new ImageRows(train, Host.Cancellation), test is null ? null : new ImageRows(test, Host.Cancellation), testRows, LabelName,
            [ImageRows.ImageColumn], new Dictionary<string, string>()) { RowCount = train.Images.Count };
    }

    protected override Learned Learn(TrainingData data, ProgressDisplay progress)
    {
        LabelledImages images = ((ImageRows)data.Rows).Images;
        var passes = new PassProgress(progress);
        var options = new ImageClassificationOptions
        {
            Architecture = _settings.Architecture,
            TimeLimit = Arguments.TrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Workspace = Arguments.Image?.Workspace,
            Adjust = _settings.Apply,
            PassEnded = passes.Show,
        };
        // With test pictures validation only shows how training goes, which is not worth a part of a small set.
        double usual = data.Test is not null && images.Images.Count < 5000 ? 0 : options.ValidationShare;
        ImageClassificationResult result = Train(options with { ValidationShare = _settings.ValidationShare ?? usual }, images, progress);
        _classifier = result.Classifier;
        Tell(result.Unreadable, progress.Note);
        string trainer = ImageClassificationSettings.NameOf(result.Architecture);
        return new Learned(result.Classifier.Model, trainer,
            $"{result.Network}; {Figures.Count(result.Passes.Count)} pass{(result.Passes.Count == 1 ? "" : "es")} over {Figures.Count(result.TrainedOn, "picture")} of {Figures.Count(images.Classes.Count)} classes",
            "These pictures were held out of training. --test-dataset DIR or --split 0.2 measures on pictures of your choice.",
            result.Validation is { } validation ? () => Measure(new ImageRows(validation, Host.Cancellation)) : null)
        {
            Tables = images.Classes.Count <= MostClasses ? [ImageSetTable.Of(images, (data.Test as ImageRows)?.Images)] : [],
            Charts = () => PassCharts.Of(result.Passes),
            AddToPage = AddMostWrong,
            WriteJson = json => json.WriteNumber("unreadable", result.Unreadable.Count),
            Trials = [.. result.Passes.Select(Recorded)],
            Properties = new Dictionary<string, string>
            {
                ["network"] = result.Network,
                ["passes"] = result.Passes.Count.ToString(CultureInfo.InvariantCulture),
                ["classes"] = string.Join(", ", images.Classes),
            },
        };
    }

    protected override Evaluation Measure(IDataView test, string label, ITransformer model) => Measure((ImageRows)test);

    private Evaluation Measure(ImageRows rows)
    {
        _scored = ScoredImages.Of(Context, rows, _classifier!);
        Tell(rows.Problems, Host.Error.WriteLine);
        return Evaluator.Classes(Context, _scored.Rows, ImageRows.LabelColumn);
    }

    private ImageClassificationResult Train(ImageClassificationOptions options, LabelledImages images, ProgressDisplay progress)
    {
        try
        {
            return new ImageClassifierTrainer(Context, options).Train(images);
        }
        catch (OperationCanceledException) when (options.Workspace is { } folder)
        {
            progress.Note($"The last checkpoint is in {folder}: the same command goes on from there.");
            throw;
        }
    }

    private void AddMostWrong(HtmlPage page)
    {
        if (_scored is not null) ContactSheet.AddMostWrong(page, _classifier!, _scored.Images, MostShown, Host.Cancellation);
    }

    private static RunRecord Recorded(TrainingPass pass) => new()
    {
        Number = pass.Number,
        Trainer = $"pass {pass.Number.ToString(CultureInfo.InvariantCulture)}",
        Status = RunStatus.Finished,
        Metrics = new (string Name, double Value)[] { ("loss", pass.Loss), ("accuracy", pass.Accuracy), ("validationLoss", pass.ValidationLoss), ("validationAccuracy", pass.ValidationAccuracy) }
            .Where(metric => double.IsFinite(metric.Value)).ToDictionary(metric => metric.Name, metric => metric.Value),
    };

    private static void Tell(IReadOnlyList<string> problems, Action<string> tell)
    {
        if (ImageFiles.Unreadable(problems) is { } told) tell(told);
    }
}
