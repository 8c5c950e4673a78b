using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Metrics;

// Expected numbers: scikit-learn 1.2.1,
//   Y = np.array([0,1,2,2,1,0,1,2]); S = np.array([[.7,.2,.1],[.3,.5,.2],[.2,.3,.5],[.5,.24,.26],[.1,.11,.79],[.24,.5,.26],[.2,.6,.2],[.1,.2,.7]], dtype=np.float32)
//   S = S.astype(np.float64); S /= S.sum(1, keepdims=True); D = S.argmax(1)
//   accuracy_score(Y, D); balanced_accuracy_score(Y, D); f1_score(Y, D, average='macro'); log_loss(Y, S); top_k_accuracy_score(Y, S, k=2)
//   [log_loss(Y[Y==c], S[Y==c], labels=[0,1,2]) for c in range(3)]; precision_recall_fscore_support(Y, D)
public class MulticlassMetricsTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed class Scored
    {
        public uint Label { get; set; }
        [VectorType(3)] public float[] Score { get; set; } = [];
        public uint PredictedLabel { get; set; }
    }

    private static readonly (int Label, float[] Score)[] Rows =
    [
        (0, [.7f, .2f, .1f]), (1, [.3f, .5f, .2f]), (2, [.2f, .3f, .5f]), (2, [.5f, .24f, .26f]),
        (1, [.1f, .11f, .79f]), (0, [.24f, .5f, .26f]), (1, [.2f, .6f, .2f]), (2, [.1f, .2f, .7f]),
    ];

    /// <summary>Scored rows; the label's key values may be in another order than the classes of the scores.</summary>
    private static IDataView Data(string[] classes, string[] labels, IEnumerable<(string Label, float[] Score)> rows)
    {
        static DataViewSchema.Annotations Values(string kind, string[] names)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add(kind, new VectorDataViewType(TextDataViewType.Instance, names.Length), ColumnAnnotations.TextValues(names));
            return annotations.ToAnnotations();
        }
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), labels.Length), Values(AnnotationKinds.KeyValues, labels));
        schema.AddColumn("Score", new VectorDataViewType(NumberDataViewType.Single, classes.Length), Values(AnnotationKinds.SlotNames, classes));
        schema.AddColumn("PredictedLabel", new KeyDataViewType(typeof(uint), classes.Length), Values(AnnotationKinds.KeyValues, classes));
        return ML.Data.LoadFromEnumerable(rows.Select(r => new Scored
        {
            Label = (uint)Array.IndexOf(labels, r.Label), Score = r.Score, PredictedLabel = (uint)Array.IndexOf(r.Score, r.Score.Max()),
        }), schema.ToSchema());
    }

    private static readonly string[] Classes = ["a", "b", "c"];

    private static IEnumerable<(string, float[])> Named => Rows.Select(r => (Classes[r.Label], r.Score));

    [Fact]
    public void All_metrics_are_those_of_scikit_learn()
    {
        var metrics = ML.MulticlassClassification.Evaluate(Data(Classes, Classes, Named), topKPredictionCount: 2);
        Assert.Equal(0.625, metrics.MicroAccuracy, 12);
        Assert.Equal(0.611111111111111, metrics.MacroAccuracy, 12);
        Assert.Equal(0.611111111111111, metrics.MacroF1, 12);
        Assert.Equal(0.9489918606982775, metrics.LogLoss, 7);
        Assert.Equal(0.12308650853115055, metrics.LogLossReduction, 7);
        Assert.Equal([0.8918956583043884, 1.1370825834176854, 0.7989652729081289], metrics.PerClassLogLoss, (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal(2, metrics.TopKPredictionCount);
        Assert.Equal(0.875, metrics.TopKAccuracy, 12);
        Assert.Equal([0.625, 0.875], metrics.TopKAccuracyForAllK);
        Assert.Equal([[1, 1, 0], [0, 2, 1], [1, 0, 2]], metrics.ConfusionMatrix.Counts);
        Assert.Equal([1 / 2.0, 2 / 3.0, 2 / 3.0], metrics.PerClassPrecision);
        Assert.Equal([1 / 2.0, 2 / 3.0, 2 / 3.0], metrics.PerClassRecall);
        Assert.Equal([1 / 2.0, 2 / 3.0, 2 / 3.0], metrics.PerClassF1, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(Classes, metrics.ConfusionMatrix.ClassNames);
        Assert.Equal(1, metrics.ConfusionMatrix.GetCountForClassPair(predictedClassIndicatorIndex: 2, actualClassIndicatorIndex: 1));
    }

    [Fact]
    public void Labels_with_keys_in_another_order_are_matched_by_value()
    {
        var metrics = ML.MulticlassClassification.Evaluate(Data(Classes, ["c", "a", "unused", "b"], Named), topKPredictionCount: 3);
        Assert.Equal(0.625, metrics.MicroAccuracy, 12);
        Assert.Equal(0.9489918606982775, metrics.LogLoss, 7);
        Assert.Equal(1, metrics.TopKAccuracy, 12);
        Assert.Equal(3, metrics.ConfusionMatrix.NumberOfClasses);
    }

    [Fact]
    public void A_label_that_training_did_not_have_counts_as_wrong()
    {
        // Y2 = np.append(Y, 3); D2 = np.append(D, 1): balanced_accuracy_score, f1_score(average='macro'); log-loss by hand: (8 * 0.9489… - ln 1e-15) / 9.
        var metrics = ML.MulticlassClassification.Evaluate(Data(Classes, ["c", "a", "new", "b"], Named.Append(("new", [.1f, .8f, .1f]))), topKPredictionCount: 3);
        Assert.Equal(0.5555555555555556, metrics.MicroAccuracy, 12);
        Assert.Equal(0.45833333333333326, metrics.MacroAccuracy, 12);
        Assert.Equal(0.43452380952380953, metrics.MacroF1, 12);
        Assert.Equal(4.681190142277433, metrics.LogLoss, 7);
        Assert.Equal(8 / 9.0, metrics.TopKAccuracy, 12);
        Assert.Equal(["a", "b", "c", "new"], metrics.ConfusionMatrix.ClassNames);
        Assert.Equal([0, 1, 0, 0], metrics.ConfusionMatrix.Counts[3]);
        Assert.Equal(-Math.Log(1e-15), metrics.PerClassLogLoss[3], 9);
    }

    [Fact]
    public void Of_equal_scores_the_first_class_ranks_higher()
    {
        float[] tied = [.25f, .5f, .25f];
        var metrics = ML.MulticlassClassification.Evaluate(Data(Classes, Classes, [("a", tied), ("c", tied)]), topKPredictionCount: 3);
        Assert.Equal([0, 0.5, 1], metrics.TopKAccuracyForAllK);
    }

    [Fact]
    public void Number_labels_count_classes_from_zero()
    {
        IDataView data = ML.Data.LoadFromEnumerable(Rows.Select(r => new { Label = (float)r.Label, r.Score }).Append(new { Label = float.NaN, Rows[0].Score }), Schema());
        var metrics = ML.MulticlassClassification.Evaluate(data);
        Assert.Equal((8, 1), (metrics.RowCount, metrics.UnlabeledRowCount));
        Assert.Equal(0.625, metrics.MicroAccuracy, 12);
        Assert.Equal(["0", "1", "2"], metrics.ConfusionMatrix.ClassNames);
        Assert.Equal(0, metrics.TopKAccuracy);

        static DataViewSchema Schema()
        {
            var schema = new DataViewSchema.Builder();
            schema.AddColumn("Label", NumberDataViewType.Single);
            schema.AddColumn("Score", new VectorDataViewType(NumberDataViewType.Single, 3));
            return schema.ToSchema();
        }
    }

    [Fact]
    public void Scores_that_are_no_probabilities_have_no_log_loss()
    {
        var metrics = ML.MulticlassClassification.Evaluate(Data(Classes, Classes, [("a", [3, -1, 0]), ("b", [-2, 5, 1])]));
        Assert.Equal(1, metrics.MicroAccuracy);
        Assert.True(double.IsNaN(metrics.LogLoss));
    }

    [Fact]
    public void The_worst_confused_pairs_come_first()
    {
        float[] asA = [1, 0, 0], asB = [0, 1, 0];
        var matrix = ML.MulticlassClassification.Evaluate(Data(Classes, Classes, [("a", asA), ("b", asA), ("c", asB), ("c", asB), ("c", asA), ("b", asB)])).ConfusionMatrix;
        Assert.Equal([new ConfusedPair("c", "b", 2, 2 / 3.0), new ConfusedPair("b", "a", 1, 1 / 2.0), new ConfusedPair("c", "a", 1, 1 / 3.0)], matrix.GetMostConfusedPairs());
        Assert.Equal([new ConfusedPair("c", "b", 2, 2 / 3.0)], matrix.GetMostConfusedPairs(1));
    }

    [Fact]
    public void The_confusion_table_names_classes_as_far_as_they_fit()
    {
        (string, float[])[] rows = [("a", [1, 0, 0]), ("b", [1, 0, 0]), ("c", [0, 1, 0]), ("b", [0, 1, 0])];
        Assert.Equal(
            """

            Confusion table
                      ||========================
            PREDICTED ||     a |     b |     c | Recall
            TRUTH     ||========================
                    a ||     1 |     0 |     0 | 1.0000
                    b ||     1 |     1 |     0 | 0.5000
                    c ||     0 |     1 |     0 | 0.0000
                      ||========================
            Precision ||0.5000 |0.5000 |0.0000 |

            """, Table(Classes, rows), ignoreLineEndingDifferences: true);
        string numbered = Table(["billing", "refund", "other"], [("refund", [0, 1, 0])]);
        Assert.Contains("PREDICTED  ||     0 |     1 |     2 | Recall", numbered, StringComparison.Ordinal);
        Assert.Contains("1.  refund ||     0 |     1 |     0 | 1.0000", numbered, StringComparison.Ordinal);

        static string Table(string[] classes, (string, float[])[] rows) => ML.MulticlassClassification.Evaluate(Data(classes, classes, rows)).ConfusionMatrix.GetFormattedConfusionTable();
    }

    [Fact]
    public void Labels_that_are_numbers_have_names_and_are_numbered_in_the_table()
    {
        IDataView data = ML.Data.LoadFromEnumerable(new uint[] { 7, 8, 9, 7 }.Select(label => new Scored { Label = label, Score = [label == 7 ? 1 : 0, label == 8 ? 1 : 0, label == 9 ? 1 : 0] }));
        var matrix = ML.MulticlassClassification.Evaluate(ML.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data)).ConfusionMatrix;
        Assert.Equal(["7", "8", "9"], matrix.ClassNames);
        Assert.Contains("PREDICTED ||     0 |     1 |     2 | Recall", matrix.GetFormattedConfusionTable(), StringComparison.Ordinal);
    }

    // scikit-learn 1.2.1: W = np.array([1,2,.5,3,1,2,.25,4]), the same functions with sample_weight=W.
    [Fact]
    public void Weighted_metrics_are_those_of_scikit_learn()
    {
        float[] weights = [1, 2, .5f, 3, 1, 2, .25f, 4];
        var data = new MemoryView().AddKeys("Label", [.. Rows.Select(r => (uint)r.Label + 1)], Classes).AddVectors("Score", [.. Rows.Select(r => r.Score)], Classes).Add("Weight", weights);
        var metrics = ML.MulticlassClassification.Evaluate(data, topKPredictionCount: 2, exampleWeightColumnName: "Weight");
        Assert.Equal(0.5636363636363636, metrics.MicroAccuracy, 12);
        Assert.Equal(0.5418803418803418, metrics.MacroAccuracy, 12);
        Assert.Equal(0.526007326007326, metrics.MacroF1, 12);
        Assert.Equal(0.9270311153511417, metrics.LogLoss, 7);
        Assert.Equal(0.8545454545454545, metrics.TopKAccuracy, 12);
        Assert.Equal([0.25, 0.5294117647058824, 0.8181818181818182], metrics.PerClassPrecision, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Contains("    a ||   1.0 |   2.0 |   0.0 | 0.3333", metrics.ConfusionMatrix.GetFormattedConfusionTable(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_has_no_metrics_is_an_error()
    {
        Assert.Contains("the data has no rows", Message([]), StringComparison.Ordinal);
        Assert.Equal("Evaluate: none of the 1 rows has a label in column 'Label'; metrics need at least one.", Message([("absent", [1, 0, 0])]));
        Assert.Contains("row 1, column 'Score': found NaN, expected a finite number", Message([("a", [1, 0, 0]), ("a", [1, float.NaN, 0])]), StringComparison.Ordinal);
        var absent = Assert.Throws<ArgumentOutOfRangeException>(() => ML.MulticlassClassification.Evaluate(Data(Classes, Classes, Named), labelColumnName: "Intent"));
        Assert.Contains("column 'Intent' not found. The columns are: Label: Key<UInt32, 0-2>", absent.Message, StringComparison.Ordinal);
        var text = Assert.Throws<ArgumentOutOfRangeException>(() => ML.MulticlassClassification.Evaluate(ML.Data.LoadFromEnumerable([new { Label = "a", Score = new float[3] }])));
        Assert.Contains("column 'Label' is String, expected a key. Conversion.MapValueToKey makes one", text.Message, StringComparison.Ordinal);

        static string Message((string, float[])[] rows) => Assert.Throws<MLPipelinesException>(() => ML.MulticlassClassification.Evaluate(Data(Classes, Classes, rows))).Message;
    }
}
