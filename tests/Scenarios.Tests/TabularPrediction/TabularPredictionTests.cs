using MLPipelines.AutoML;
using MLPipelines.Data;
using MLPipelines.Scenarios.TabularPrediction;

namespace MLPipelines.Scenarios.Tests.TabularPrediction;

public class TabularPredictionTests
{
    [Fact]
    public void Classes_are_learned_from_the_types_of_an_app()
    {
        var context = new MLContext(1);
        var result = new TabularPredictionTrainer(context, TabularTask.Classification, new TabularPredictionOptions { LabelColumn = "Bought", HeldOutFraction = 0.25 }).Train(View(context, 400));
        Assert.Equal(["Age", "IsMember", "Spent"], result.Columns.Numbers);
        Assert.Equal(["City"], result.Columns.Categories);
        Assert.Equal(["boosted-trees", "boosted-trees", "lbfgs", "random-forest"], result.Trials.Select(trial => trial.Trainer).Order(StringComparer.Ordinal));
        Assert.Equal(result.Trials.MinBy(trial => trial.Error)!.Trainer, result.Trainer);
        var metrics = context.MulticlassClassification.Evaluate(result.HeldOut!, TabularPredictionTrainer.LabelKeyColumn);
        Assert.Equal(100, metrics.RowCount);
        Assert.InRange(metrics.MicroAccuracy, 0.9, 1);
        Assert.Equal(BooleanDataViewType.Instance, result.Model.GetOutputSchema(View(context, 1).Schema)["PredictedLabel"].Type);
    }

    [Fact]
    public void A_model_needs_no_label_to_predict()
    {
        var context = new MLContext(1);
        var result = new TabularPredictionTrainer(context, TabularTask.Regression, new TabularPredictionOptions
        {
            LabelColumn = "Spent",
            Columns = new TabularColumns(["Age", "IsMember"], ["City"], [], []),
        }).Train(View(context, 400));
        IDataView unlabelled = context.Transforms.DropColumns("Spent", "Bought").Fit(View(context, 10)).Transform(View(context, 10));
        float[] scores = [.. result.Model.Transform(unlabelled).GetColumn<float>("Score")];
        float[] truths = [.. View(context, 10).GetColumn<float>("Spent")];
        for (int i = 0; i < scores.Length; i++) Assert.Equal(truths[i], scores[i], 1.0);
    }

    [Fact]
    public void Missing_numbers_are_filled_in_with_the_mean()
    {
        var context = new MLContext(1);
        Customer[] rows = [.. Rows(400)];
        for (int i = 0; i < rows.Length; i += 4) rows[i].Age = float.NaN;
        var result = new TabularPredictionTrainer(context, TabularTask.Regression, new TabularPredictionOptions { LabelColumn = "Spent" }).Train(context.Data.LoadFromEnumerable(rows));
        Assert.All(result.Model.Transform(context.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_bytes()
    {
        byte[] first = Save(1), second = Save(1);
        Assert.Equal(first, second);

        static byte[] Save(int seed)
        {
            var context = new MLContext(seed);
            IDataView data = View(context, 300);
            var result = new TabularPredictionTrainer(context, TabularTask.Classification, new TabularPredictionOptions { LabelColumn = "Bought" }).Train(data);
            using var stream = new MemoryStream();
            context.Model.Save(result.Model, data.Schema, stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void What_cannot_be_learned_from_is_told_of()
    {
        var context = new MLContext(1);
        Customer[] rows = [.. Rows(20)];
        foreach (Customer row in rows) row.Bought = true;
        var one = Assert.Throws<MLPipelinesException>(() => new TabularPredictionTrainer(context, TabularTask.Classification,
            new TabularPredictionOptions { LabelColumn = "Bought" }).Train(context.Data.LoadFromEnumerable(rows)));
        Assert.Equal("Column 'Bought' has only one label, 'True', in 20 rows; expected at least two different labels.", one.Message);
        var text = Assert.Throws<ArgumentOutOfRangeException>(() => new TabularPredictionTrainer(context, TabularTask.Regression,
            new TabularPredictionOptions { LabelColumn = "City" }).Train(View(context, 20)));
        Assert.StartsWith("Label column 'City' is String, expected a number.", text.Message, StringComparison.Ordinal);
        var setting = Assert.Throws<ArgumentOutOfRangeException>(() => new TabularPredictionTrainer(context, TabularTask.Regression,
            new TabularPredictionOptions { LabelColumn = "Spent", TrainerSettings = new Dictionary<string, double> { ["depth"] = 3 } }).Train(View(context, 20)));
        Assert.StartsWith("The trainer 'sdca' has no setting 'depth'. Its settings are: l1, l2, tolerance, maximumIterations.", setting.Message, StringComparison.Ordinal);
    }

    private static IDataView View(MLContext context, int count) => context.Data.LoadFromEnumerable(Rows(count).ToArray());

    private static IEnumerable<Customer> Rows(int count)
    {
        var random = new Random(3);
        for (int i = 0; i < count; i++)
        {
            var row = new Customer { Age = random.Next(18, 80), IsMember = random.Next(2) == 0, City = random.Next(2) == 0 ? "Ulm" : "Bonn" };
            row.Spent = row.Age + (row.IsMember ? 20 : 0) + (row.City == "Ulm" ? 5 : 0);
            row.Bought = row.Spent > 60;
            yield return row;
        }
    }

    private sealed class Customer
    {
        public float Age { get; set; }

        public bool IsMember { get; set; }

        public string City { get; set; } = "";

        public float Spent { get; set; }

        public bool Bought { get; set; }
    }
}
