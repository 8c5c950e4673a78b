using MLPipelines.Data;

namespace MLPipelines.Cli.Evaluating;

/// <summary>Measures rows that a model has scored. The rows are gone through once to find the labels, and once to score them.</summary>
internal static class Evaluator
{
    private const string Key = "__EvaluatedLabel", GroupKey = "__EvaluatedGroup";

    private const int Places = 10;

    /// <summary>Forecasts that were measured, by the names that programs know.</summary>
    internal static Evaluation Forecasts(ForecastingMetrics metrics) => new(metrics.Count,
    [
        new("smape", metrics.SymmetricMeanAbsolutePercentageError), new("mase", metrics.MeanAbsoluteScaledError), new("owa", metrics.OverallWeightedAverage),
        new("rmse", metrics.RootMeanSquaredError), new("coverage95", metrics.Coverage),
    ])
    {
        Forecasts = metrics,
    };

    /// <summary>Measures a classifier of any number of labels.</summary>
    /// <param name="context">The context.</param>
    /// <param name="data">Rows with a label as text.</param>
    /// <param name="label">The name of the label column.</param>
    /// <param name="model">Gives Score, a vector of one probability per label.</param>
    internal static Evaluation Classes(MLContext context, IDataView data, string label, ITransformer model)
    {
        var labelled = context.Transforms.Conversion.MapValueToKey(Key, label).Fit(data).Transform(data);
        return Classes(context, new ParallelView(BatchView.Of(labelled), model, Environment.ProcessorCount, context.CancellationToken), Key);
    }

    /// <summary>Measures scored rows of a classifier.</summary>
    internal static Evaluation Classes(MLContext context, IDataView scored, string keyLabel)
    {
        bool isBinary = scored.Schema["Score"].Type is VectorDataViewType { Size: 2 };
        // Areas under curves need the scores again.
        IDataView rows = isBinary ? context.Data.Cache(scored, keyLabel, "Score") : scored;
        MulticlassClassificationMetrics metrics = context.MulticlassClassification.Evaluate(rows, keyLabel);
        ConfusionMatrix confusions = metrics.ConfusionMatrix;
        List<KeyValuePair<string, double>> named = [new("accuracy", metrics.MicroAccuracy), new("macroF1", metrics.MacroF1), new("logLoss", metrics.LogLoss)];
        string? positive = null;
        Func<IEnumerable<Scenarios.Charts.LineChart>>? charts = null;
        if (isBinary)
        {
            int index = PositiveOf(confusions.ClassNames[0], confusions.ClassNames[1]);
            string of = positive = confusions.ClassNames[index];
            charts = () => ScoreCharts.OfTwoLabels(rows, keyLabel, of, index);
            var (auc, auprc) = TwoLabelAreas.Of(rows, keyLabel, of, index);
            named.AddRange(
            [
                new("auc", auc), new("f1", confusions.PerClassF1[index]), new("precision", confusions.PerClassPrecision[index]),
                new("recall", confusions.PerClassRecall[index]), new("auprc", auprc),
            ]);
        }
        int known = ((VectorDataViewType)scored.Schema["Score"].Type).Size;
        return new Evaluation(metrics.RowCount, named)
        {
            Confusions = confusions,
            Unlabelled = metrics.UnlabeledRowCount,
            UnknownLabels = [.. Enumerable.Range(known, Math.Max(0, confusions.NumberOfClasses - known)).Select(i => (confusions.ClassNames[i], (int)confusions.RowsOf(i)))],
            PositiveLabel = positive,
            Charts = charts,
        };
    }

    /// <summary>Measures a model of two labels whose Score is one number.</summary>
    internal static Evaluation TruthValues(MLContext context, IDataView data, string label, ITransformer model)
    {
        var scored = new ParallelView(BatchView.Of(data), model, Environment.ProcessorCount, context.CancellationToken);
        bool calibrated = scored.Schema.GetColumnOrNull("Probability") is not null;
        BinaryClassificationMetrics metrics = calibrated ? context.BinaryClassification.Evaluate(scored, label) : context.BinaryClassification.EvaluateNonCalibrated(scored, label);
        // In bits there, in nats here as for several labels.
        double logLoss = metrics is CalibratedBinaryClassificationMetrics known ? known.LogLoss * Math.Log(2) : double.NaN;
        return new Evaluation(metrics.RowCount,
        [
            new("accuracy", metrics.Accuracy), new("macroF1", metrics.ConfusionMatrix.PerClassF1.Average()), new("logLoss", logLoss), new("auc", metrics.AreaUnderRocCurve),
            new("f1", metrics.F1Score), new("precision", metrics.PositivePrecision), new("recall", metrics.PositiveRecall), new("auprc", metrics.AreaUnderPrecisionRecallCurve),
        ])
        {
            Confusions = metrics.ConfusionMatrix,
            Unlabelled = metrics.UnlabeledRowCount,
            PositiveLabel = "true",
        };
    }

    /// <summary>Measures a model that predicts numbers.</summary>
    internal static Evaluation Numbers(MLContext context, IDataView data, string label, ITransformer model) =>
        Numbers(context, new ParallelView(BatchView.Of(data), model, Environment.ProcessorCount, context.CancellationToken), label);

    /// <summary>Measures scored rows of a model that predicts numbers.</summary>
    internal static Evaluation Numbers(MLContext context, IDataView scored, string label)
    {
        RegressionMetrics metrics = context.Regression.Evaluate(scored, label);
        return new Evaluation(metrics.RowCount, [new("rmse", metrics.RootMeanSquaredError), new("mae", metrics.MeanAbsoluteError), new("r2", metrics.RSquared)])
        {
            Unlabelled = metrics.UnlabeledRowCount,
            Charts = () => ScoreCharts.OfNumbers(scored, label),
        };
    }

    /// <summary>Measures a model that ranks the rows of groups.</summary>
    internal static Evaluation Groups(MLContext context, IDataView data, string label, string group, ITransformer model) =>
        Groups(context, context.Transforms.Conversion.MapValueToKey(GroupKey, group).Fit(data).Transform(data), label, model);

    private static Evaluation Groups(MLContext context, IDataView keyed, string label, ITransformer model)
    {
        var scored = new ParallelView(BatchView.Of(keyed), model, Environment.ProcessorCount, context.CancellationToken);
        RankingMetrics metrics = context.Ranking.Evaluate(scored, new RankingEvaluatorOptions { DcgTruncationLevel = Places }, label, GroupKey);
        IReadOnlyList<double> gains = metrics.NormalizedDiscountedCumulativeGains;
        return new Evaluation(metrics.RowCount, [new("ndcg", gains[Places - 1]), new("ndcg@1", gains[0]), new("ndcg@3", gains[2]), new("ndcg@5", gains[4])]) { Unlabelled = metrics.UnlabeledRowCount };
    }

    /// <summary>Of two labels, the one that comes later: 1 of 0 and 1, yes of no and yes, true of false and true.</summary>
    internal static int PositiveOf(string first, string second)
    {
        bool numbers = double.TryParse(first, System.Globalization.CultureInfo.InvariantCulture, out double a) & double.TryParse(second, System.Globalization.CultureInfo.InvariantCulture, out double b);
        return (numbers ? a.CompareTo(b) : string.CompareOrdinal(first, second)) < 0 ? 1 : 0;
    }
}
