using System.Runtime.CompilerServices;
using MLPipelines.AutoML;
using MLPipelines.Data;
using MLPipelines.Scenarios.TabularPrediction;

namespace MLPipelines.Scenarios.Tests.TabularPrediction;

/// <summary>The two cases of the scenario's page. data/customer_tables.py states how well the labels can be predicted at best.</summary>
public class WorkedCaseTests
{
    [Fact]
    public void Customers_that_leave_are_found()
    {
        var (result, auc) = Train("customer-churn.csv", "left");
        Assert.Equal(["signed_up"], result.Columns.Dates);
        Assert.Equal(["contract", "plan", "payment", "region"], result.Columns.Categories);
        Assert.Equal(["customer_id"], result.Columns.Ignored.Select(column => column.Name));
        Assert.InRange(auc, 0.83, 0.90);
    }

    [Fact]
    public void Loans_that_are_not_paid_back_are_found()
    {
        var (result, auc) = Train("credit-default.csv", "defaulted");
        Assert.Equal(["purpose", "employment", "home"], result.Columns.Categories);
        Assert.Equal("boosted-trees", result.Trainer);
        Assert.InRange(auc, 0.73, 0.82);
    }

    [Fact]
    public void Trees_take_missing_numbers_and_categories_as_they_are()
    {
        var context = new MLContext(1);
        IDataView data = Load(context, "credit-default.csv", "defaulted");
        foreach (string trainer in (string[])["boosted-trees", "random-forest"])
        {
            var result = new TabularPredictionTrainer(context, TabularTask.Classification, new TabularPredictionOptions
            {
                LabelColumn = "defaulted", Trainer = trainer, TrainerSettings = new Dictionary<string, double> { ["trees"] = 10 },
            }).Train(data);
            Assert.Empty(result.Trials);
            Assert.All(result.Model.Transform(data).GetColumn<float[]>("Score"), scores => Assert.Equal(1, scores.Sum(), 1e-4));
        }
    }

    private static (TabularPredictionResult Result, double Auc) Train(string file, string label)
    {
        var context = new MLContext(1);
        var result = new TabularPredictionTrainer(context, TabularTask.Classification, new TabularPredictionOptions { LabelColumn = label, HeldOutFraction = 0.25 }).Train(Load(context, file, label));
        float[][] scores = [.. result.HeldOut!.GetColumn<float[]>("Score")];
        bool[] isPositive = [.. result.HeldOut!.GetColumn<uint>(TabularPredictionTrainer.LabelKeyColumn).Select(key => key == 2)];
        return (result, AreaUnderCurve([.. scores.Select(row => row[1])], isPositive));
    }

    private static IDataView Load(MLContext context, string file, string label, [CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "data", file);
        return context.Data.LoadFromTextFile(path, context.Auto().InferColumns(path, label, groupColumns: false).TextLoaderOptions);
    }

    private static double AreaUnderCurve(float[] scores, bool[] isPositive)
    {
        double pairs = 0, right = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                if (!isPositive[i] || isPositive[j]) continue;
                pairs++;
                right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }
        return right / pairs;
    }
}
