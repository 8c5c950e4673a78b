using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Programs;

/// <summary>
/// Reads the adult data, scales numbers, encodes categories one-hot, learns a logistic regression and measures it: what
/// <c>peers/sklearn_income.py</c> does with scikit-learn.
/// </summary>
internal static class IncomeModel
{
    private static readonly string[] Numbers = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"];

    private static readonly string[] Categories = ["workclass", "education", "marital-status", "occupation", "relationship", "race", "sex", "native-country"];

    internal static void Run(string trainFile, string testFile)
    {
        var context = new MLContext(seed: 1);
        TextLoader loader = Loader(context, File.ReadLines(trainFile).First().Split(','));
        InputOutputColumnPair[] numbers = [.. Numbers.Select(name => new InputOutputColumnPair(name))];
        InputOutputColumnPair[] categories = [.. Categories.Select(name => new InputOutputColumnPair(name))];
        var chain = context.Transforms.NormalizeMeanVariance(numbers, fixZero: false)
            .Append(context.Transforms.Categorical.OneHotEncoding(categories))
            .Append(context.Transforms.Concatenate("Features", [.. Numbers, .. Categories]))
            .AppendCacheCheckpoint(context)
            .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0, l2Regularization: 1));
        var model = chain.Fit(loader.Load(trainFile));
        var metrics = context.BinaryClassification.Evaluate(model.Transform(loader.Load(testFile)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{metrics.Accuracy:F4} {metrics.LogLoss * Math.Log(2):F4}"));
    }

    private static TextLoader Loader(MLContext context, string[] header)
    {
        TextLoader.Column Column(string name, DataKind kind) => new(name, kind, Array.IndexOf(header, name));
        return context.Data.CreateTextLoader(
            [.. Numbers.Select(name => Column(name, DataKind.Single)), .. Categories.Select(name => Column(name, DataKind.String)), new("Label", DataKind.Boolean, Array.IndexOf(header, "label"))],
            separatorChar: ',', hasHeader: true);
    }
}
