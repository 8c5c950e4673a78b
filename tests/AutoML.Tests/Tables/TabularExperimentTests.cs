using MLPipelines.Data;

namespace MLPipelines.AutoML.Tests.Tables;

public class TabularExperimentTests
{
    private readonly MLContext _context = new(seed: 5);

    [Fact]
    public void A_model_of_two_classes_predicts_the_labels_of_the_table()
    {
        TabularExperimentResult result = Search(AutoMLTask.Classification, "Answer", 4).Run(SomeTables.TwoClasses());
        IDataView scored = result.Model.Transform(SomeTables.TwoClasses(100, seed: 2));
        string[] predicted = [.. scored.GetColumn<string>("PredictedLabel")], right = [.. scored.GetColumn<string>("Answer")];
        Assert.True(predicted.Zip(right).Count(pair => pair.First == pair.Second) >= 85);
        Assert.Equal(2, ((VectorDataViewType)scored.Schema["Score"].Type).Size);
        Assert.True(result.ValidationMetrics["accuracy"] > 0.85);
        Assert.True(result.LearnedFromAllRows);
        Assert.Equal(result.Winner.Metric, result.ValidationMetrics["logLoss"], 1e-9);
    }

    [Fact]
    public void A_model_of_numbers_predicts_them()
    {
        TabularExperimentResult result = Search(AutoMLTask.Regression, "Price", 4).Run(SomeTables.Numbers());
        Assert.InRange(_context.Regression.Evaluate(result.Model.Transform(SomeTables.Numbers(200, seed: 2)), "Price").RSquared, 0.9, 1);
        Assert.Equal("rmse", result.MetricName);
        Assert.Equal(["X", "Y"], result.FeatureColumns);
    }

    [Fact]
    public void Texts_are_classified()
    {
        TabularExperimentResult result = Search(AutoMLTask.Classification, "Topic", 3).Run(SomeTables.Texts());
        Assert.True(result.ValidationMetrics["accuracy"] > 0.95);
        Assert.Equal("LinearSvmMulti", result.Leaderboard[0].Trainer);
    }

    [Fact]
    public void The_winner_saves_and_loads()
    {
        IDataView data = SomeTables.TwoClasses();
        ITransformer model = Search(AutoMLTask.Classification, "Answer", 6).Run(data).Model;
        using var file = new MemoryStream();
        _context.Model.Save(model, data.Schema, file);
        file.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(file, out _);
        Assert.Equal(model.Transform(data).GetColumn<float[]>("Score"), loaded.Transform(data).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void The_same_seed_and_number_of_trials_give_the_same_leaderboard_and_model()
    {
        IDataView data = SomeTables.TwoClasses();
        TabularExperimentResult[] results = [.. new[] { 1, 2 }.Select(concurrent =>
            new TabularExperiment(new MLContext(5), Options(AutoMLTask.Classification, "Answer", 10) with { ConcurrentTrials = concurrent }).Run(data))];
        Assert.Equal(Lines(results[0]), Lines(results[1]));
        Assert.Equal(results[0].Model.Transform(data).GetColumn<float[]>("Score"), results[1].Model.Transform(data).GetColumn<float[]>("Score"));
        Assert.Equal(results[0].Code, results[1].Code);

        static string[] Lines(TabularExperimentResult result) => [.. result.Leaderboard.Append(result.Winner).Select(row => $"{row.Trial} {row.Trainer} {string.Join(' ', row.Parameters)} {row.Metric:R} {row.Rows}")];
    }

    [Theory]
    [InlineData(AutoMLTask.Classification, "Answer")]
    [InlineData(AutoMLTask.Classification, "Topic")]
    [InlineData(AutoMLTask.Regression, "Price")]
    public void The_code_compiles_and_makes_the_same_model(AutoMLTask task, string label)
    {
        IDataView data = label switch { "Answer" => SomeTables.TwoClasses(), "Topic" => SomeTables.Texts(), _ => SomeTables.Numbers() };
        TabularExperimentResult result = Search(task, label, 8).Run(data);
        ITransformer rebuilt = CompiledCode.Train(result.Code, data);
        Assert.Equal(Scores(result.Model), Scores(rebuilt));

        object[] Scores(ITransformer model) => task == AutoMLTask.Regression ? [.. model.Transform(data).GetColumn<float>("Score").Cast<object>()]
            : [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(row => row).Cast<object>()];
    }

    [Fact]
    public void Cancelling_returns_the_best_so_far()
    {
        using var stop = new CancellationTokenSource();
        var options = Options(AutoMLTask.Classification, "Answer", 1000) with { Progress = new Told(progress => { if (progress.Leaderboard.Count >= 3) stop.Cancel(); }) };
        TabularExperimentResult result = new TabularExperiment(_context, options).Run(SomeTables.TwoClasses(), cancellationToken: stop.Token);
        Assert.InRange(result.Leaderboard.Count, 3, 12);
        Assert.Equal(result.Leaderboard.Min(row => row.Loss), result.Winner.Loss);
        Assert.NotEmpty(result.Model.Transform(SomeTables.TwoClasses(10)).GetColumn<string>("PredictedLabel"));
    }

    [Fact]
    public void Rows_without_a_label_are_left_out()
    {
        var data = new Testing.MemoryView().Add("X", [.. Enumerable.Range(0, 200).Select(i => (float)i)]).Add("Price", [.. Enumerable.Range(0, 200).Select(i => i % 10 == 0 ? float.NaN : i * 2f)]);
        TabularExperimentResult result = Search(AutoMLTask.Regression, "Price", 2).Run(data);
        Assert.Equal(180, RowsOf(result.HeldOut));
    }

    [Fact]
    public void One_label_only_is_refused()
    {
        var data = new Testing.MemoryView().Add("X", 1f, 2, 3).AddText("Answer", "yes", "yes", "yes");
        var thrown = Assert.Throws<MLPipelinesException>(() => Search(AutoMLTask.Classification, "Answer", 2).Run(data));
        Assert.Contains("'yes'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_may_be_given_to_validate_with()
    {
        TabularExperimentResult result = Search(AutoMLTask.Classification, "Answer", 3).Run(SomeTables.TwoClasses(), SomeTables.TwoClasses(70, seed: 9));
        Assert.Equal(70, RowsOf(result.HeldOut));
    }

    private static long RowsOf(IDataView rows) => rows.GetColumn<float>(rows.Schema.GetColumnOrNull("Probability") is null ? "Score" : "Probability").Count();

    private TabularExperiment Search(AutoMLTask task, string label, int trials) => new(_context, Options(task, label, trials));

    private static TabularExperimentOptions Options(AutoMLTask task, string label, int? trials) => new() { Task = task, LabelColumn = label, MaximumTrials = trials, Folds = 2 };

    private sealed class Told(Action<ExperimentProgress> hear) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => hear(value);
    }
}
