using System.ComponentModel;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.TorchSharp.Roberta;

namespace MLPipelines.TorchSharp;

/// <summary>Trainers of networks for texts. Nothing of libtorch is needed.</summary>
public static class TorchSharpCatalog
{
    /// <summary>Trains a network that classifies texts, or pairs of them; the weights that it begins with are those of the cache. Texts are cut off at 512 tokens.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key.</param>
    /// <param name="scoreColumnName">The column of probabilities that is added.</param>
    /// <param name="outputColumnName">The column of the predicted class that is added.</param>
    /// <param name="sentence1ColumnName">The text, or the first of two.</param>
    /// <param name="sentence2ColumnName">The second text; <see langword="null"/> where there is one.</param>
    /// <param name="batchSize">Texts of a batch.</param>
    /// <param name="maxEpochs">Passes over the data.</param>
    /// <param name="architecture">The network; it follows from the weights.</param>
    /// <param name="validationSet">Rows to measure by: the weights of the best pass are kept.</param>
    public static TextClassificationTrainer TextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence1",
        string? sentence2ColumnName = default,
        int batchSize = 32,
        int maxEpochs = 10,
        BertArchitecture architecture = BertArchitecture.Roberta,
        IDataView? validationSet = null) => catalog.TextClassification(Known(architecture, new TextClassificationTrainer.TextClassificationOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Sentence2ColumnName = sentence2ColumnName,
            BatchSize = batchSize,
            MaxEpoch = maxEpochs,
            ValidationSet = validationSet,
        }));

    /// <summary>Trains a network that classifies texts, or pairs of them.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    public static TextClassificationTrainer TextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, TextClassificationTrainer.TextClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new TextClassificationTrainer(catalog.Environment, options);
    }

    /// <summary>Trains a network that gives pairs of texts a number, such as how alike they are; the weights that it begins with are those of the cache.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a number.</param>
    /// <param name="scoreColumnName">The column of predicted numbers that is added.</param>
    /// <param name="sentence1ColumnName">The first text.</param>
    /// <param name="sentence2ColumnName">The second text.</param>
    /// <param name="batchSize">Pairs of a batch.</param>
    /// <param name="maxEpochs">Passes over the data.</param>
    /// <param name="architecture">The network; it follows from the weights.</param>
    /// <param name="validationSet">Rows to measure by: the weights of the best pass are kept.</param>
    public static SentenceSimilarityTrainer SentenceSimilarity(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string sentence1ColumnName = "Sentence1",
        string sentence2ColumnName = "Sentence2",
        int batchSize = 32,
        int maxEpochs = 10,
        BertArchitecture architecture = BertArchitecture.Roberta,
        IDataView? validationSet = null) => catalog.SentenceSimilarity(Known(architecture, new SentenceSimilarityTrainer.SentenceSimilarityOptions
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Sentence2ColumnName = sentence2ColumnName,
            BatchSize = batchSize,
            MaxEpoch = maxEpochs,
            ValidationSet = validationSet,
        }));

    /// <summary>Trains a network that gives pairs of texts a number.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    public static SentenceSimilarityTrainer SentenceSimilarity(this RegressionCatalog.RegressionTrainers catalog, SentenceSimilarityTrainer.SentenceSimilarityOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new SentenceSimilarityTrainer(catalog.Environment, options);
    }

    /// <summary>Trains a network that gives each word of a text a class; the weights that it begins with are those of the cache.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a vector of keys, one for each word.</param>
    /// <param name="outputColumnName">The column of the predicted classes that is added.</param>
    /// <param name="sentence1ColumnName">The text.</param>
    /// <param name="batchSize">Texts of a batch.</param>
    /// <param name="maxEpochs">Passes over the data.</param>
    /// <param name="architecture">The network; it follows from the weights.</param>
    /// <param name="validationSet">Rows to measure by: the weights of the best pass are kept.</param>
    public static NerTrainer NamedEntityRecognition(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence",
        int batchSize = 32,
        int maxEpochs = 10,
        BertArchitecture architecture = BertArchitecture.Roberta,
        IDataView? validationSet = null) => catalog.NamedEntityRecognition(Known(architecture, new NerTrainer.NerOptions
        {
            LabelColumnName = labelColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            BatchSize = batchSize,
            MaxEpoch = maxEpochs,
            ValidationSet = validationSet,
        }));

    /// <summary>Trains a network that gives each word of a text a class.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    public static NerTrainer NamedEntityRecognition(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, NerTrainer.NerOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new NerTrainer(catalog.Environment, options);
    }

    /// <summary>An earlier name of <see cref="NamedEntityRecognition(MulticlassClassificationCatalog.MulticlassClassificationTrainers, string, string, string, int, int, BertArchitecture, IDataView)"/>.</summary>
    [Obsolete("Please use NamedEntityRecognition method instead", false)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static NerTrainer NameEntityRecognition(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence",
        int batchSize = 32,
        int maxEpochs = 10,
        BertArchitecture architecture = BertArchitecture.Roberta,
        IDataView? validationSet = null) => catalog.NamedEntityRecognition(labelColumnName, outputColumnName, sentence1ColumnName, batchSize, maxEpochs, architecture, validationSet);

    /// <summary>An earlier name of <see cref="NamedEntityRecognition(MulticlassClassificationCatalog.MulticlassClassificationTrainers, NerTrainer.NerOptions)"/>.</summary>
    [Obsolete("Please use NamedEntityRecognition method instead", false)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static NerTrainer NameEntityRecognition(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, NerTrainer.NerOptions options) => catalog.NamedEntityRecognition(options);

    /// <summary>Trains a network that finds the part of a text which answers a question; the weights that it begins with are those of the cache.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="contextColumnName">The text that has the answer.</param>
    /// <param name="questionColumnName">The question.</param>
    /// <param name="trainingAnswerColumnName">The answer to learn from.</param>
    /// <param name="answerIndexColumnName">The character of the context at which that answer begins, from 0.</param>
    /// <param name="predictedAnswerColumnName">The column of answers that is added.</param>
    /// <param name="scoreColumnName">The column of their probabilities that is added.</param>
    /// <param name="topK">How many answers a question gets, the best first.</param>
    /// <param name="batchSize">Questions of a batch.</param>
    /// <param name="maxEpochs">Passes over the data.</param>
    /// <param name="architecture">The network; it follows from the weights.</param>
    /// <param name="validationSet">Rows to measure by: the weights of the best pass are kept.</param>
    public static QATrainer QuestionAnswer(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string contextColumnName = "Context",
        string questionColumnName = "Question",
        string trainingAnswerColumnName = "TrainingAnswer",
        string answerIndexColumnName = "AnswerIndex",
        string predictedAnswerColumnName = "Answer",
        string scoreColumnName = "Score",
        int topK = 3,
        int batchSize = 4,
        int maxEpochs = 10,
        BertArchitecture architecture = BertArchitecture.Roberta,
        IDataView? validationSet = null) => catalog.QuestionAnswer(Known(architecture, new QATrainer.Options
        {
            ContextColumnName = contextColumnName,
            QuestionColumnName = questionColumnName,
            TrainingAnswerColumnName = trainingAnswerColumnName,
            AnswerIndexStartColumnName = answerIndexColumnName,
            PredictedAnswerColumnName = predictedAnswerColumnName,
            ScoreColumnName = scoreColumnName,
            TopKAnswers = topK,
            BatchSize = batchSize,
            MaxEpoch = maxEpochs,
            ValidationSet = validationSet,
        }));

    /// <summary>Trains a network that finds the part of a text which answers a question.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    public static QATrainer QuestionAnswer(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, QATrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new QATrainer(catalog.Environment, options);
    }

    private static TOptions Known<TOptions>(BertArchitecture architecture, TOptions options) =>
        Enum.IsDefined(architecture) ? options : throw new ArgumentOutOfRangeException(nameof(architecture), architecture, $"{architecture} is no architecture.");
}
