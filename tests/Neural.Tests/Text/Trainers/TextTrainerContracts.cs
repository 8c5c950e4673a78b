using MLPipelines.Testing;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.TorchSharp.Roberta;

namespace MLPipelines.Neural.Tests.Text;

/// <summary>The family contract, over each trainer and each kind of network.</summary>
public abstract class TextTrainerContract : EstimatorContract
{
    protected const int Rows = 12;

    protected override bool IsTrainer => true;

    protected override string[] RequiredColumns => ["Label", "Sentence1"];

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => Create(context, null);

    protected override IEstimator<ITransformer>? CreateEstimator(MLContext context, int numberOfThreads) => Create(context, numberOfThreads);

    private protected abstract IEstimator<ITransformer> Create(MLContext context, int? threads);

    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge == EdgeCase.NoRows ? EdgeOutcome.Throws : EdgeOutcome.Works;
}

public abstract class TextClassificationContract(TextNetwork network) : TextTrainerContract
{
    private protected override IEstimator<ITransformer> Create(MLContext context, int? threads)
    {
        var options = LabelledSentences.Scratch<TextClassificationTrainer.TextClassificationOptions>(network, 2);
        options.NumberOfThreads = threads;
        options.ValidationSet = network == TextNetwork.Bert ? LabelledSentences.Classified(9) : null;
        return context.MulticlassClassification.Trainers.TextClassification(options);
    }

    protected override IDataView CreateData(MLContext context) => LabelledSentences.Classified(Rows);

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddKeys("Label", LabelledSentences.Keys(6), LabelledSentences.Classes).Add("Sentence1", 1f, 2, 3, 4, 5, 6);

    // They leave a single class.
    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.NoRows or EdgeCase.OneRow or EdgeCase.ConstantColumns ? EdgeOutcome.Throws : EdgeOutcome.Works;
}

public sealed class TextClassificationByNasBertContract() : TextClassificationContract(TextNetwork.NasBert);

public sealed class TextClassificationByBertContract() : TextClassificationContract(TextNetwork.Bert);

public sealed class TextClassificationByTextCnnContract() : TextClassificationContract(TextNetwork.TextCnn);

public sealed class TextClassificationByBiLstmContract() : TextClassificationContract(TextNetwork.BiLstm);

public sealed class PairClassificationContract : TextTrainerContract
{
    protected override string[] RequiredColumns => ["Label", "Sentence1", "Sentence2"];

    private protected override IEstimator<ITransformer> Create(MLContext context, int? threads)
    {
        var options = LabelledSentences.Scratch<TextClassificationTrainer.TextClassificationOptions>(TextNetwork.Bert, 2);
        (options.NumberOfThreads, options.Sentence2ColumnName, options.ScoreColumnName, options.PredictionColumnName) = (threads, "Sentence2", "Chances", "Answer");
        return context.MulticlassClassification.Trainers.TextClassification(options);
    }

    protected override IDataView CreateData(MLContext context) => LabelledSentences.ClassifiedPairs(Rows);

    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.NoRows or EdgeCase.OneRow or EdgeCase.ConstantColumns ? EdgeOutcome.Throws : EdgeOutcome.Works;
}

public sealed class SentenceSimilarityContract : TextTrainerContract
{
    protected override string[] RequiredColumns => ["Label", "Sentence1", "Sentence2"];

    private protected override IEstimator<ITransformer> Create(MLContext context, int? threads)
    {
        var options = LabelledSentences.Scratch<SentenceSimilarityTrainer.SentenceSimilarityOptions>(TextNetwork.NasBert, 2);
        options.NumberOfThreads = threads;
        return context.Regression.Trainers.SentenceSimilarity(options);
    }

    protected override IDataView CreateData(MLContext context) => LabelledSentences.Rated(Rows);

    protected override IDataView? CreateDataOfWrongType(MLContext context) => LabelledSentences.Rated(6).Without("Sentence2").AddTexts("Sentence2", [.. Enumerable.Range(0, 6).Select(_ => new[] { "a", "b" })]);

    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.NoRows or EdgeCase.Infinity ? EdgeOutcome.Throws : EdgeOutcome.Works;
}

public sealed class NamedEntityRecognitionContract : TextTrainerContract
{
    protected override string[] RequiredColumns => ["Label", "Sentence"];

    private protected override IEstimator<ITransformer> Create(MLContext context, int? threads)
    {
        var options = LabelledSentences.Scratch<NerTrainer.NerOptions>(TextNetwork.BiLstm, 2);
        options.NumberOfThreads = threads;
        return context.MulticlassClassification.Trainers.NamedEntityRecognition(options);
    }

    protected override IDataView CreateData(MLContext context) => LabelledSentences.Named(Rows);

    protected override IDataView? CreateDataOfWrongType(MLContext context) => LabelledSentences.Named(6).With("Sentence", Data.NumberDataViewType.Single, Numbers(6));

    private static Data.ValueColumn<float> Numbers(int rows)
    {
        var column = new Data.ValueColumn<float>();
        for (int row = 0; row < rows; row++) column.Append(row);
        return column;
    }
}

public sealed class QuestionAnswerContract : TextTrainerContract
{
    protected override string[] RequiredColumns => ["Context", "Question", "TrainingAnswer", "AnswerIndex"];

    private protected override IEstimator<ITransformer> Create(MLContext context, int? threads)
    {
        var options = LabelledSentences.Scratch<QATrainer.Options>(TextNetwork.Bert, 2);
        options.NumberOfThreads = threads;
        return context.MulticlassClassification.Trainers.QuestionAnswer(options);
    }

    protected override IDataView CreateData(MLContext context) => LabelledSentences.Asked(Rows);
}
