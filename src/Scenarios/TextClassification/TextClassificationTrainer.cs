using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>
/// Learns a text classifier: looks at the texts, compares candidates on rows held out, trains the best one on all rows and
/// calibrates its probabilities. The chain is VectorizeText, LinearSvm, MapKeyToValue; copy <see cref="Chain"/> to change it.
/// </summary>
public sealed class TextClassificationTrainer(MLContext context, TextClassificationOptions options)
{
    private const string Label = "__Label", Features = "__Features";

    /// <summary>Learns from the rows of a view. Texts are held in memory.</summary>
    /// <exception cref="MLPipelinesException">The data cannot be learned from, such as when all rows have one label.</exception>
    public TextClassificationResult Train(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (options.TextColumns.Count == 0) throw new ArgumentException("At least one text column is needed.", nameof(data));
        IDataView texts = context.Data.Cache(data, [.. options.TextColumns, options.LabelColumn]);
        var labelled = context.Transforms.Conversion.MapValueToKey(Label, options.LabelColumn).Fit(texts).Transform(texts);
        BatchView view = BatchView.Of(labelled);
        BatchColumn[] columns = view.ReadColumns([.. options.TextColumns.Select(name => TextColumn(view.Schema, name)), view.Schema[Label].Index]);
        uint[] labels = ((ValueColumn<uint>)columns[^1]).Values.ToArray();
        CheckLabels(view.Schema[Label], labels);
        var profile = TextProfile.Of([.. columns.SkipLast(1).Cast<TextColumn>()]);

        var folds = new HeldOutFolds(labels, context.Environment.SeedFor("folds"));
        var candidates = options.Candidates ?? TextClassificationCandidate.For(profile);
        var results = new List<CandidateResult>();
        foreach (TextClassificationCandidate candidate in candidates)
        {
            results.Add(Validate(candidate, labelled, folds, labels.Length));
            context.Environment.Report($"validated {candidate.Name}", results.Count, candidates.Count + 1, results[^1].LogLoss);
        }
        // A candidate that is right about as often as another is the better one if its probabilities are.
        CandidateResult[] ranked = [.. results.OrderByDescending(r => r.Accuracy).ThenBy(r => r.LogLoss)];
        var model = Chain(context, options.TextColumns, Label, ranked[0].Candidate, ranked[0].InverseTemperature).Fit(labelled);
        context.Environment.Report($"trained {ranked[0].Candidate.Name}", candidates.Count + 1, candidates.Count + 1);
        return new TextClassificationResult(model, ranked[0].Candidate, ranked, profile);
    }

    /// <summary>The chain of estimators behind the classifier.</summary>
    /// <param name="context">The context.</param>
    /// <param name="textColumns">The columns of text.</param>
    /// <param name="labelColumn">The label, a key.</param>
    /// <param name="candidate">Features and trainer.</param>
    /// <param name="inverseTemperature">What margins are multiplied by; <see langword="null"/> to have it estimated.</param>
    public static IEstimator<TransformerChain<ITransformer>> Chain(
        MLContext context, IReadOnlyList<string> textColumns, string labelColumn, TextClassificationCandidate candidate, float? inverseTemperature) =>
        context.Transforms.Text.VectorizeText(Features, candidate.Features with { LabelColumnName = labelColumn }, [.. textColumns])
            .Append(context.MulticlassClassification.Trainers.LinearSvm(labelColumn, Features, candidate.Trainer with { InverseTemperature = inverseTemperature }))
            .Append<ITransformer>(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    private CandidateResult Validate(TextClassificationCandidate candidate, IDataView labelled, HeldOutFolds folds, int rows)
    {
        var chain = Chain(context, options.TextColumns, Label, candidate, inverseTemperature: 1);
        List<float> margins = [];
        List<int> labels = [];
        int classCount = 0;
        for (int fold = 0; fold < (rows >= options.RowsForOneHoldOut ? 1 : HeldOutFolds.Count); fold++)
        {
            BatchView scored = BatchView.Of(chain.Fit(folds.Rows(labelled, fold, heldOut: false)).Transform(folds.Rows(labelled, fold, heldOut: true)));
            BatchColumn[] columns = scored.ReadColumns(scored.Schema["Score"].Index, scored.Schema[Label].Index);
            var scores = (VectorColumn<float>)columns[0];
            ReadOnlySpan<uint> keys = ((ValueColumn<uint>)columns[1]).Values;
            classCount = scores.Size;
            for (int row = 0; row < keys.Length; row++)
            {
                if (keys[row] == 0) continue;
                labels.Add((int)keys[row] - 1);
                // The logarithm of a softmax differs from the margins by the same number for every class, which changes nothing.
                foreach (float probability in scores[row].Values) margins.Add(MathF.Log(MathF.Max(probability, 1e-30f)));
            }
        }
        return HeldOutScores.Measure(candidate, [.. margins], [.. labels], classCount);
    }

    private static int TextColumn(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Text column '{name}' not found. The columns are: {schema}.");
        return column.Type is TextDataViewType ? column.Index
            : throw new ArgumentOutOfRangeException(nameof(name), $"Text column '{name}' is {column.Type}, expected String.");
    }

    private void CheckLabels(DataViewSchema.Column label, uint[] labels)
    {
        int classes = labels.Where(key => key > 0).Distinct().Count();
        if (classes >= 2) return;
        string found = classes == 0 ? "no label at all" : $"only one label, {KeyValues.Of(label)?.TextOf(0)},";
        throw new MLPipelinesException($"Column '{options.LabelColumn}' has {found} in {labels.Length} rows; expected at least two different labels.");
    }
}
