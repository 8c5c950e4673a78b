using System.CommandLine;
using System.Globalization;
using MLPipelines.AutoML;
using MLPipelines.Cli.AutoML;
using MLPipelines.Cli.Train;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp automl</c>: one command per task.</summary>
internal static class AutoMLCommands
{
    private const double DefaultSeconds = 60;

    internal static void Build(Command automl, CommandHost host, string[] args)
    {
        Add("classification", "Finds a model that tells which label a row of a table has.", AutoMLTask.Classification);
        Add("regression", "Finds a model that predicts a number from a row of a table.", AutoMLTask.Regression);
        Add("ranking", "Finds a model that orders the rows of each group, such as the answers to a query.", AutoMLTask.Ranking);

        var worker = new Command("worker", "Runs trials of searches that share them through a run store.");
        if (args.Contains("worker")) AddWorkerOptions(worker, host);
        automl.Subcommands.Add(worker);

        void Add(string name, string description, AutoMLTask task)
        {
            var command = new Command(name, description);
            if (args.Contains(name)) AddOptions(command, host, task);
            automl.Subcommands.Add(command);
        }
    }

    private static void AddWorkerOptions(Command command, CommandHost host)
    {
        var store = RunOptions.StoreOption();
        var data = OptionParsing.Text("--data-folder", "Where data files are looked for that are not at the path that the search has them at.", "DIR");
        var patience = OptionParsing.Real("--idle-exit", "Ends after so long without a trial. Default: never.", "SECONDS", seconds => seconds >= 0, "a number of seconds");
        var lease = OptionParsing.Real("--lease", "A trial of a worker that is silent for so long is given to another. Default 15.", "SECONDS", seconds => seconds >= 0.5, "a number of seconds of at least 0.5");
        foreach (Option option in new Option[] { store, data, patience, lease }) command.Options.Add(option);
        command.SetAction(parsed => new SearchWorker(host, parsed.GetValue(store), parsed.GetValue(data), parsed.GetValue(patience), parsed.GetValue(lease)).Run());
    }

    private static void AddOptions(Command command, CommandHost host, AutoMLTask task)
    {
        bool isRanking = task == AutoMLTask.Ranking;
        var dataset = OptionParsing.Text("--dataset", "A CSV or TSV file, plain or .gz.", "FILE", "-d");
        dataset.Required = true;
        var test = OptionParsing.Text("--test-dataset", "Rows to measure the winner on, that nothing is chosen by.", "FILE");
        var split = OptionParsing.Real("--split", "The share of rows to set aside and measure the winner on, such as 0.2.", "SHARE", share => share is > 0 and < 1, "a share between 0 and 1, such as 0.2");
        var label = OptionParsing.Text("--label-col", "The column to predict, by its header or its index from 0.", "NAME");
        var group = OptionParsing.Text("--group-col", isRanking ? "The column that says which rows are ranked together." : "Rows with the same value here are never divided between learning and validation.", "NAME");
        var texts = new Option<string[]>("--text-col") { Description = "A column of text; may be given several times. Columns are told apart by what they hold when left out.", HelpName = "NAME" };
        var categories = OptionParsing.Text("--categorical-cols", "Columns of numbers that are names, such as codes.", "A,B");
        var ignored = OptionParsing.Text("--ignore-cols", "Columns to leave out.", "A,B");
        var format = new FormatOptions();
        var time = OptionParsing.Real("--train-time", string.Create(CultureInfo.InvariantCulture, $"How long to search, the making of the winner included. Default {DefaultSeconds}, unless --max-trials is given."), "SECONDS", seconds => seconds > 0, "a number of seconds above 0");
        var trials = OptionParsing.Whole("--max-trials", "How many trials at most. Without --train-time, the same seed then gives the same leaderboard.", "N", least: 1);
        var seed = OptionParsing.Whole("--seed", "Fixes every random choice. Default 1.", "N");
        var metric = OptionParsing.Text("--metric", $"What is optimized: {string.Join(", ", SearchNames.Metrics(task))}. Default {SearchNames.Metrics(task)[0]}.", "NAME");
        var trainers = OptionParsing.Text("--trainers", $"The trainers to choose from: {string.Join(", ", SearchNames.Trainers(task))}. Default: all.", "A,B");
        var folds = OptionParsing.Whole("--folds", "Cross-validates trials by so many folds; 0 holds rows out. Chosen by the number of rows when left out.", "N", least: 0);
        var concurrent = OptionParsing.Whole("--parallel-trials", "How many trials run side by side. Default: as many as there are cores, up to 4.", "N", least: 1);
        var distributed = OptionParsing.Flag("--distributed", "Shares the trials through the run store with 'mlp automl worker' processes, on this machine or others.");
        var noBlend = OptionParsing.Flag("--no-blend", "Saves the best trial even where a blend of several is better.");
        var output = OptionParsing.Text("--output", "Where to save the winner. Default: models/DATASET-LABEL.zip", "FILE", "-o");
        var report = OptionParsing.Text("--report", "Writes leaderboard, search, metrics and charts as a page to look at.", "FILE.html");
        var code = OptionParsing.Text("--code", "Writes the C# program that makes the winner again.", "FILE.cs");
        var run = new RunOptions();
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");

        foreach (Option option in new Option[] { dataset, test, split, label, group, texts, categories, ignored }) command.Options.Add(option);
        format.AddTo(command);
        foreach (Option option in new Option[] { time, trials, seed, metric, trainers, folds, concurrent, distributed, noBlend, output, report, code }) command.Options.Add(option);
        run.AddTo(command);
        command.Options.Add(json);

        command.SetAction(parsed => new AutoMLTraining(host, new TrainArguments
        {
            Dataset = parsed.GetValue(dataset)!,
            TestDataset = parsed.GetValue(test),
            Split = parsed.GetValue(split),
            LabelColumn = parsed.GetValue(label),
            TextColumns = parsed.GetValue(texts) ?? [],
            IgnoredColumns = OptionParsing.List(parsed.GetValue(ignored)),
            Format = format.Get(parsed),
            Seed = parsed.GetValue(seed) ?? 1,
            TrainSeconds = parsed.GetValue(time) ?? (parsed.GetValue(trials) is null ? DefaultSeconds : null),
            Output = parsed.GetValue(output),
            ReportFile = parsed.GetValue(report),
            Run = run.Get(parsed),
            Json = parsed.GetValue(json),
            Search = new SearchArguments
            {
                Task = task,
                GroupColumn = parsed.GetValue(group),
                CategoricalColumns = OptionParsing.List(parsed.GetValue(categories)),
                MaximumTrials = parsed.GetValue(trials),
                Metric = parsed.GetValue(metric),
                Trainers = OptionParsing.List(parsed.GetValue(trainers)),
                Folds = parsed.GetValue(folds),
                ConcurrentTrials = parsed.GetValue(concurrent),
                IsDistributed = parsed.GetValue(distributed),
                Blends = !parsed.GetValue(noBlend),
                CodeFile = parsed.GetValue(code),
            },
        }).Run());
    }
}
