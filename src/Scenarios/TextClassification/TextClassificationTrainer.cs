using System.Diagnostics;
using System.Runtime.ExceptionServices;
using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>
/// Learns a text classifier: looks at the texts, compares candidates on rows held out, trains the chosen one on all rows and
/// calibrates its probabilities. What comes out is what <see cref="Chain"/> learns with the chosen candidate.
/// </summary>
/// <param name="context">The context; its seed fixes the result.</param>
/// <param name="options">What to learn from, and how.</param>
public sealed class TextClassificationTrainer(MLContext context, TextClassificationOptions options)
{
    private const string Features = "TextFeatures", Label = "LabelKey";

    /// <summary>Learns from the rows of a view; rows without a label are left out. The texts are held in memory.</summary>
    /// <exception cref="MLPipelinesException">The data cannot be learned from, such as when all rows have one label.</exception>
    public TextClassificationResult Train(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckColumns(data.Schema);
        IDataView source = context.Data.Cache(data, [.. options.TextColumns, options.LabelColumn]);
        int[] textColumns = [.. options.TextColumns.Select(name => data.Schema[name].Index)];
        BatchView labelled = BatchView.Of(context.Transforms.Conversion.MapValueToKey(Label, options.LabelColumn).Fit(source).Transform(source));
        var (texts, labels) = LabelledTexts.Read(labelled, textColumns, labelled.Schema[Label]);
        int labelCount = CheckLabels(labelled.Schema[Label], labels);

        var profile = TextProfile.Of(texts, labelCount);
        var candidates = options.Candidates ?? TextClassificationCandidate.For(profile);
        if (options.Adjust is not null) candidates = [.. candidates.Select(options.Adjust)];
        long start = Stopwatch.GetTimestamp();
        var trainer = new CandidateTrainer(texts, labels, labelCount, context.Environment);
        var folds = new HeldOutFolds(labels, options.MaximumValidationRows, context.Environment.SeedFor("folds"));
        int foldCount = labels.Length >= options.RowsForOneHoldOut ? 1 : HeldOutFolds.Count;
        var measured = new CandidateResult?[candidates.Count];
        int done = 0;
        var parallel = new ParallelOptions { CancellationToken = context.CancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.For(0, measured.Length, parallel, i =>
            {
                if (i > 0 && Stopwatch.GetElapsedTime(start) > options.TimeLimit) return;
                measured[i] = HeldOutScores.Measure(candidates[i], trainer, folds, foldCount, labels, labelCount);
                context.Environment.Report($"validated {candidates[i].Name}", Interlocked.Increment(ref done), candidates.Count + 1, measured[i]!.LogLoss);
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
        CandidateResult[] results = [.. measured.OfType<CandidateResult>()];
        CandidateResult chosen = Choose(results);
        context.Environment.Report($"training {chosen.Candidate.Name}", candidates.Count, candidates.Count + 1, chosen.LogLoss);
        var (vocabulary, model) = trainer.Train(chosen.Candidate, chosen.InverseTemperature);
        context.Environment.Report("trained", candidates.Count + 1, candidates.Count + 1, chosen.LogLoss);

        var vectorizer = new TextVectorizer(Features, options.TextColumns, vocabulary);
        var prediction = new MulticlassPredictionTransformer<Trainers.QuantizedLinearModel>(
            model, Features, (KeyDataViewType)labelled.Schema[Label].Type, KeyValues.Of(labelled.Schema[Label]));
        var toValue = context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(prediction.Transform(vectorizer.Transform(labelled)));
        return new TextClassificationResult(new TransformerChain<ITransformer>(vectorizer, prediction, toValue), chosen,
            [.. results.OrderBy(result => result.LogLoss)], profile)
        {
            HeldOut = chosen.HeldOut?.ToView(chosen.InverseTemperature, "Label", labelled.Schema[Label]),
        };
    }

    /// <summary>The chain of estimators behind the classifier, to copy and change.</summary>
    /// <param name="context">The context.</param>
    /// <param name="textColumns">The columns of text.</param>
    /// <param name="labelColumn">The label, a key.</param>
    /// <param name="candidate">Features and trainer.</param>
    /// <param name="inverseTemperature">What margins are multiplied by; <see langword="null"/> to have it estimated.</param>
    public static IEstimator<TransformerChain<ITransformer>> Chain(
        MLContext context, IReadOnlyList<string> textColumns, string labelColumn, TextClassificationCandidate candidate, float? inverseTemperature = null) =>
        context.Transforms.Text.VectorizeText(Features, candidate.Features with { LabelColumnName = labelColumn }, [.. textColumns])
            .Append(context.MulticlassClassification.Trainers.LinearSvm(labelColumn, Features, candidate.Trainer with { InverseTemperature = inverseTemperature }))
            .Append<ITransformer>(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    /// <summary>The first candidate, unless another has a clearly lower log loss.</summary>
    private CandidateResult Choose(CandidateResult[] results)
    {
        CandidateResult best = results.MinBy(result => result.LogLoss)!;
        return best.LogLoss < results[0].LogLoss * (1 - options.MinimumGain) ? best : results[0];
    }

    private void CheckColumns(DataViewSchema schema)
    {
        if (options.TextColumns.Count == 0) throw new ArgumentException("At least one text column is needed.", nameof(schema));
        foreach (string name in options.TextColumns)
        {
            var column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"Text column '{name}' not found. The columns are: {schema}.");
            if (column.Type is not TextDataViewType) throw new ArgumentOutOfRangeException(nameof(schema), $"Text column '{name}' is {column.Type}, expected String.");
        }
        var label = schema.GetColumnOrNull(options.LabelColumn) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"Label column '{options.LabelColumn}' not found. The columns are: {schema}.");
        if (label.Type is VectorDataViewType) throw new ArgumentOutOfRangeException(nameof(schema), $"Label column '{label.Name}' is {label.Type}, expected one value per row.");
    }

    private int CheckLabels(DataViewSchema.Column label, int[] labels)
    {
        if (Array.Exists(labels, key => key != labels[0])) return (int)((KeyDataViewType)label.Type).Count;
        string found = labels.Length == 0 ? "no label in any row" : $"the label {KeyValues.Of(label)?.TextOf(labels[0])} in all {labels.Length} rows";
        throw new MLPipelinesException($"Column '{options.LabelColumn}' has {found}; expected at least two different labels.");
    }
}
