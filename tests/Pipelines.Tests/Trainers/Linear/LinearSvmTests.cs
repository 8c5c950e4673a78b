using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class LinearSvmTests
{
    private readonly MLContext _context = new(seed: 1);

    private MulticlassPredictionTransformer<QuantizedLinearModel> Fit(IDataView data, LinearSvmMulticlassOptions? options = null) =>
        _context.MulticlassClassification.Trainers.LinearSvm(options: options).Fit(data);

    /// <summary>Sparse rows with keys; what is learned from them is not perfect.</summary>
    private static MemoryView Bags(int rows, int classCount, int keyCount = 0, float[]? weights = null)
    {
        var (features, classes) = WaveData.Bags(rows, 80, 8, classCount, seed: 6);
        var column = new VectorColumn<float>(80);
        column.Reset(80, isDense: false);
        for (int row = 0; row < rows; row++) column.Append(features[row].Indices, features[row].Values);
        MemoryView view = new MemoryView().Add("Features", new VectorDataViewType(NumberDataViewType.Single, 80), column)
            .AddKeys("Label", [.. classes.Select(c => (uint)c + 1)], [.. Enumerable.Range(0, Math.Max(keyCount, classCount)).Select(k => $"class {k}")]);
        return weights is null ? view : view.Add("Weight", weights);
    }

    private static byte[] Bytes(ITransformer model)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, null, stream);
        return stream.ToArray();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    public void The_model_is_the_one_that_the_solver_finds(int classCount)
    {
        MemoryView data = Bags(300, classCount);
        var (features, classes) = WaveData.Bags(300, 80, 8, classCount, seed: 6);
        var options = new LinearSvmMulticlassOptions { Cost = 0.5f, Tolerance = 1e-3f, MaximumPasses = 1000, InverseTemperature = 3 };
        QuantizedLinearModel model = Fit(data, options).Model;
        Assert.Equal(3, model.InverseTemperature);
        var exact = OneVersusRestDualDescent.Train(features, classes, classCount, new DualDescentOptions { Cost = 0.5f, Tolerance = 1e-3f, MaximumPasses = 1000 });
        for (int j = 0; j < 80; j++)
        {
            float[] weights = classCount == 2 ? [-exact.Weights[j], exact.Weights[j]] : exact.Weights.AsSpan(j * exact.Stride, classCount).ToArray();
            float step = weights.Max(MathF.Abs) / 127;
            // Half a step of rounding, and what the order of the examples leaves open.
            for (int k = 0; k < classCount; k++) Assert.InRange(MathF.Abs(model.WeightOf(j, k) - weights[k]), 0, step / 2 + 0.01f);
        }
    }

    [Fact]
    public void Probabilities_mean_what_they_say()
    {
        // Learned on two fifths, asked about the rest: among predictions of some probability, that share is right.
        MemoryView all = Bags(4000, 4);
        MemoryView train = MemoryView.Copy(all, [.. Enumerable.Range(0, 1600)]), test = MemoryView.Copy(all, [.. Enumerable.Range(1600, 2400)]);
        IDataView scored = Fit(train).Transform(test);
        float[][] scores = ViewContents.Vectors<float>(scored, "Score");
        uint[] labels = ViewContents.Values<uint>(test, "Label"), predicted = ViewContents.Values<uint>(scored, "PredictedLabel");
        double right = 0, claimed = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            Assert.Equal(1, scores[i].Sum(), 1e-4f);
            Assert.Equal(scores[i].Max(), scores[i][predicted[i] - 1]);
            claimed += scores[i].Max();
            if (predicted[i] == labels[i]) right++;
        }
        Assert.InRange(right / labels.Length, 0.5, 0.98);
        Assert.Equal(right / labels.Length, claimed / labels.Length, 0.05);
    }

    [Theory]
    [InlineData(2, 0f)]
    [InlineData(3, 0.05f)]
    [InlineData(40, 0.05f)]
    public void The_number_of_threads_does_not_change_a_byte(int classCount, float prior)
    {
        MemoryView data = Bags(400, classCount);
        byte[] one = Bytes(Fit(data, new LinearSvmMulticlassOptions { NumberOfThreads = 1, PriorStrength = prior }));
        foreach (int threads in new[] { 2, 8 }) Assert.Equal(one, Bytes(Fit(data, new LinearSvmMulticlassOptions { NumberOfThreads = threads, PriorStrength = prior })));
        Assert.Equal(one, Bytes(Fit(data, new LinearSvmMulticlassOptions { PriorStrength = prior })));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.05f)]
    public void A_class_without_rows_is_never_predicted(float prior)
    {
        MemoryView data = Bags(60, 3, keyCount: 6);
        var model = Fit(data, new LinearSvmMulticlassOptions { PriorStrength = prior });
        // Rows unlike any: all classes that were learned say no.
        var strange = new MemoryView().AddVectors("Features", [new float[80], [.. Enumerable.Repeat(-1f, 80)], [.. Enumerable.Repeat(5f, 80)]]);
        foreach (IDataView rows in new IDataView[] { data, strange })
        {
            IDataView scored = model.Transform(rows);
            Assert.All(ViewContents.Values<uint>(scored, "PredictedLabel"), label => Assert.InRange(label, 1u, 3u));
            Assert.All(ViewContents.Vectors<float>(scored, "Score"), score => Assert.Equal([0, 0, 0], score[3..]));
        }
    }

    [Fact]
    public void Two_keys_of_which_one_has_rows_are_an_error_and_so_is_one_key()
    {
        MemoryView data = MemoryView.Copy(Bags(30, 2));
        MemoryView one = new MemoryView().AddVectors("Features", [[1f, 2f], [2f, 1f]]).AddKeys("Label", [2, 2], "a", "b");
        Assert.Contains("every row of column 'Label' has the same label", Assert.Throws<MLPipelinesException>(() => Fit(one)).Message, StringComparison.Ordinal);
        one = new MemoryView().AddVectors("Features", [[1f, 2f], [2f, 1f]]).AddKeys("Label", [1, 1], "a");
        Assert.Contains("column 'Label' has 1 class, expected at least two", Assert.Throws<MLPipelinesException>(() => Fit(one)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_count_like_repeated_rows()
    {
        float[] weights = [.. Enumerable.Range(0, 120).Select(i => (float)(i % 3))];
        MemoryView weighted = Bags(120, 3, weights: weights);
        int[] repeated = [.. Enumerable.Range(0, 120).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var options = new LinearSvmMulticlassOptions { PriorStrength = 0.05f, Tolerance = 1e-4f, MaximumPasses = 5000, InverseTemperature = 1 };
        QuantizedLinearModel byWeight = Fit(weighted, options with { ExampleWeightColumnName = "Weight" }).Model, byRows = Fit(MemoryView.Copy(weighted, repeated), options).Model;
        for (int j = 0; j < 80; j++)
            for (int k = 0; k < 3; k++) Assert.Equal(byRows.WeightOf(j, k), byWeight.WeightOf(j, k), 0.03f);
    }

    [Fact]
    public void A_handful_of_rows_is_enough()
    {
        MemoryView data = new MemoryView().AddVectors("Features", [[1f, 0f], [0f, 1f], [1f, 1f]]).AddKeys("Label", [1, 2, 0], "a", "b");
        foreach (int rows in new[] { 2, 3 })
            Assert.Equal([1u, 2u], ViewContents.Values<uint>(Fit(MemoryView.Copy(data, [.. Enumerable.Range(0, rows)])).Transform(data), "PredictedLabel")[..2]);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        MemoryView data = Bags(10, 2);
        Error<MLPipelinesException>(MemoryView.Copy(data, []), "'Label'", "nothing to learn from");
        float[] bad = new float[80];
        bad[7] = float.NaN;
        Error<MLPipelinesException>(new MemoryView().AddVectors("Features", [new float[80], bad]).AddKeys("Label", [1, 2], "a", "b"), "row 1", "'Features'", "slot 7", "NaN", "ReplaceMissingValues");
        Error<ArgumentOutOfRangeException>(new MemoryView().AddVectors("Features", [[1f]]).AddText("Label", "a"), "label column 'Label' is String", "MapValueToKey");
        Error<ArgumentOutOfRangeException>(new MemoryView().AddText("Features", "a").AddKeys("Label", [1], "a", "b"), "column 'Features' is String", "Vector<Single>");
        Error<ArgumentOutOfRangeException>(data.Without("Label"), "column 'Label' not found");
        data = Bags(10, 2, weights: [1, 1, 1, -1, 1, 1, 1, 1, 1, 1]);
        Error<MLPipelinesException>(data, "row 3", "'Weight'", "-1", "not negative");

        void Error<T>(IDataView view, params string[] parts) where T : Exception
        {
            bool hasWeight = view.Schema.GetColumnOrNull("Weight") is not null;
            var error = Assert.Throws<T>(() => Fit(view, new LinearSvmMulticlassOptions { ExampleWeightColumnName = hasWeight ? "Weight" : null }));
            foreach (string part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused_at_once()
    {
        LinearSvmMulticlassOptions[] wrong =
        [
            new() { Cost = 0 }, new() { Cost = float.NaN }, new() { PriorStrength = -1 }, new() { PriorStrength = float.NaN }, new() { BiasScale = -1 }, new() { BiasScale = float.PositiveInfinity }, new() { Tolerance = 0 },
            new() { MaximumPasses = 0 }, new() { InverseTemperature = 0 }, new() { InverseTemperature = float.NaN }, new() { NumberOfThreads = 0 },
        ];
        foreach (LinearSvmMulticlassOptions options in wrong)
            Assert.ThrowsAny<ArgumentException>(() => _context.MulticlassClassification.Trainers.LinearSvm(options: options));
    }

    [Fact]
    public async Task Cancelling_ends_the_training_within_a_second()
    {
        using var source = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var context = new MLContext(1) { CancellationToken = source.Token };
        // Costs that hardly regularize, and no tolerance: this would take minutes.
        var options = new LinearSvmMulticlassOptions { Cost = 1e4f, Tolerance = 1e-7f, MaximumPasses = 10_000_000, InverseTemperature = 1 };
        MemoryView data = Bags(3000, 30);
        Task training = Task.Run(() =>
        {
            started.SetResult();
            context.MulticlassClassification.Trainers.LinearSvm(options: options).Fit(data);
        });
        await started.Task;
        await Task.Delay(300);
        Assert.False(training.IsCompleted);
        source.Cancel();
        Assert.Same(training, await Task.WhenAny(training, Task.Delay(5000)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => training);
    }

    [Fact]
    public void Progress_is_reported()
    {
        var reports = new List<TrainingProgress>();
        var context = new MLContext(1) { Progress = new Collector(reports) };
        context.MulticlassClassification.Trainers.LinearSvm(options: new LinearSvmMulticlassOptions { InverseTemperature = 1 }).Fit(Bags(100, 40));
        Assert.NotEmpty(reports);
        Assert.Equal(reports[^1].IterationCount, reports[^1].Iteration);
    }

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            lock (reports) reports.Add(value);
        }
    }
}

public sealed class LinearSvmContractTests : EstimatorContract
{
    protected override string[] RequiredColumns => ["Features", "Label"];

    protected override bool IsTrainer => true;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
        context.MulticlassClassification.Trainers.LinearSvm(options: new LinearSvmMulticlassOptions { Cost = 2, NumberOfThreads = numberOfThreads });

    protected override IDataView CreateData(MLContext context) => new MemoryView()
        .AddVectors("Features", [[1f, 0, 0.5f], [0f, 1, 0], [1f, 1, 1], [0.9f, 0.1f, 0.5f], [0.1f, 0.9f, 0], [0.9f, 1, 1.1f], [1f, 0.2f, 0.4f], [0f, 0.8f, 0.1f]])
        .AddKeys("Label", [1, 2, 3, 1, 2, 3, 1, 2], "red", "green", "blue");

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Features", "a", "b").AddKeys("Label", [1, 2], "a", "b");

    // A trainer learns nothing from one label, and takes no missing values.
    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => EdgeOutcome.Throws;
}

public sealed class LinearSvmWithPriorContractTests : EstimatorContract
{
    protected override string[] RequiredColumns => ["Words", "Topic", "Importance"];

    protected override bool IsTrainer => true;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.MulticlassClassification.Trainers.LinearSvm("Topic", "Words",
        new LinearSvmMulticlassOptions { PriorStrength = 0.1f, ExampleWeightColumnName = "Importance", InverseTemperature = 2 });

    protected override IDataView CreateData(MLContext context) => new MemoryView()
        .AddSparse("Words", [[1f, 0, 0.5f, 0], [0f, 1, 0, 0], [1f, 0, 0, 1], [0f, 0.1f, 0.5f, 0]])
        .AddKeys("Topic", [1, 2, 1, 2], "one", "two").Add("Importance", 1f, 2f, 0.5f, 1f);

    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => EdgeOutcome.Throws;
}
