using System.CommandLine;
using MLPipelines.Cli.Train;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp train</c>: one command per scenario.</summary>
internal static class TrainCommands
{
    internal static void Build(Command train, CommandHost host, string[] args)
    {
        Add("text-classification", "Tells which label a text has: tickets, reviews, intents, in any language.",
            parsed => new TextClassificationTraining(host, parsed));
        Add("classification", "Tells which label a row of a table has.", parsed => new TabularTraining(host, parsed, Scenarios.TabularPrediction.TabularTask.Classification));
        Add("regression", "Predicts a number from a row of a table.", parsed => new TabularTraining(host, parsed, Scenarios.TabularPrediction.TabularTask.Regression));
        Add("forecasting", "Tells what comes next in series of numbers, such as the sales of products.", parsed => new ForecastingTraining(host, parsed));
        Add("financial-forecasting", "Tells how financial lines go on: cleans them, and keeps identities such as profit = revenue - cost.", parsed => new FinancialTraining(host, parsed));
        Add("recommendation", "Tells which items to recommend to whom, from ratings or from what users did.", parsed => new RecommendationTraining(host, parsed));
        Add("image-classification", "Tells which label a picture has, from a folder of pictures per label.", parsed => new ImageClassificationTraining(host, parsed));
        var anomalies = new Command(AnomalyDetectionCommand.Name, AnomalyDetectionCommand.Description);
        if (args.Contains(AnomalyDetectionCommand.Name)) AnomalyDetectionCommand.AddOptions(anomalies, host);
        train.Subcommands.Add(anomalies);
        var texts = new Command(TextGenerationCommand.Name, TextGenerationCommand.Description);
        if (args.Contains(TextGenerationCommand.Name)) TextGenerationCommand.AddOptions(texts, host);
        train.Subcommands.Add(texts);

        void Add(string name, string description, Func<TrainArguments, Training> create)
        {
            var command = new Command(name, description);
            if (args.Contains(name)) AddOptions(command, name, create);
            train.Subcommands.Add(command);
        }
    }

    private static void AddOptions(Command command, string scenario, Func<TrainArguments, Training> create)
    {
        bool isText = scenario == "text-classification", isForecasting = scenario == "forecasting", isFinancial = scenario == "financial-forecasting", isRecommendation = scenario == "recommendation", isImage = scenario == "image-classification";
        var dataset = OptionParsing.Text("--dataset", isImage ? ImageOptions.Sources : isText
            ? "A CSV or TSV file, plain or .gz; an Excel workbook; or a folder with one sub-folder per label and one text file per row." : "A CSV or TSV file, plain or .gz, or an Excel workbook.", isText || isImage ? "FILE|DIR" : "FILE", "-d");
        dataset.Required = true;
        var test = OptionParsing.Text("--test-dataset", "Rows to measure the model on, that it does not learn from.", "FILE");
        var split = OptionParsing.Real("--split", "The share of rows to set aside and measure the model on, such as 0.2.", "SHARE", share => share is > 0 and < 1, "a share between 0 and 1, such as 0.2");
        var label = OptionParsing.Text("--label-col", "The column to predict, by its header or its index from 0.", "NAME");
        var texts = new Option<string[]>("--text-col") { Description = "A column of text, by its header or its index from 0; may be given several times. Chosen by what the columns hold when left out.", HelpName = "NAME" };
        var ignored = OptionParsing.Text("--ignore-cols", "Columns to leave out.", "A,B");
        var format = new FormatOptions();
        var seed = OptionParsing.Whole("--seed", "Fixes every random choice. Default 1.", "N");
        var trainer = OptionParsing.Text("--trainer", "What learns; an unknown name lists those that there are.", "NAME");
        var settings = new Option<string[]>("--set") { Description = "A setting of the trainer; may be given several times. An unknown key lists those that there are.", HelpName = "key=value" };
        var time = OptionParsing.Real("--train-time", isImage ? "About how long training may take: so few passes are made." : "After so many seconds no further way of training is tried.", "SECONDS", seconds => seconds > 0, "a number of seconds above 0");
        var output = OptionParsing.Text("--output", "Where to save the model. Default: models/DATASET-LABEL.zip", "FILE", "-o");
        var report = OptionParsing.Text("--report", isImage ? "Writes metrics, confusions and the pictures it got most wrong as a page to look at." : "Writes metrics and confusions as a page to look at.", "FILE.html");
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");

        var run = new RunOptions();
        var forecast = new ForecastingOptions();
        var financial = new FinancialOptions();
        var recommendation = new RecommendationOptions();
        var image = new ImageOptions();

        Option[] options = isForecasting ? [dataset, test] : isFinancial ? [dataset, ignored] : isRecommendation ? [dataset, test, split] : isImage ? [dataset, test, split, label] : isText ? [dataset, test, split, label, texts, ignored] : [dataset, test, split, label, ignored];
        foreach (Option option in options) command.Options.Add(option);
        if (isForecasting) forecast.AddTo(command);
        if (isFinancial) financial.AddTo(command);
        if (isRecommendation) recommendation.AddTo(command);
        if (isImage) image.AddTo(command);
        else format.AddTo(command);
        foreach (Option option in new Option[] { time, seed, trainer, settings, output, report }) command.Options.Add(option);
        run.AddTo(command);
        command.Options.Add(json);

        command.SetAction(parsed => create(new TrainArguments
        {
            Dataset = parsed.GetValue(dataset)!,
            TestDataset = parsed.GetValue(test),
            Split = parsed.GetValue(split),
            LabelColumn = parsed.GetValue(label),
            TextColumns = isText ? parsed.GetValue(texts) ?? [] : [],
            IgnoredColumns = parsed.GetValue(ignored)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Forecast = isForecasting ? forecast.Get(parsed) : null,
            Financial = isFinancial ? financial.Get(parsed) : null,
            Recommendation = isRecommendation ? recommendation.Get(parsed) : null,
            Image = isImage ? image.Get(parsed) : null,
            Format = format.Get(parsed),
            Seed = parsed.GetValue(seed) ?? 1,
            Trainer = parsed.GetValue(trainer),
            Settings = parsed.GetValue(settings) ?? [],
            TrainSeconds = parsed.GetValue(time),
            Output = parsed.GetValue(output),
            ReportFile = parsed.GetValue(report),
            Run = run.Get(parsed),
            Json = parsed.GetValue(json),
        }).Run());
    }
}
