using MLPipelines.Data;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;
using NetworkOptions = MLPipelines.TorchSharp.NasBert.TextClassificationTrainer.TextClassificationOptions;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>Learns a text classifier by a network; how long and at which rate follows from the method and the number of rows. What comes out is what <see cref="Chain"/> learns.</summary>
/// <param name="context">The context; its seed fixes the result, unless there is a time limit.</param>
/// <param name="method">The network.</param>
/// <param name="options">What to learn from, and how.</param>
public sealed class TextNetworkTrainer(MLContext context, TextMethod method, TextNetworkOptions options)
{
    /// <summary>So many texts are seen in all, and each so often at least and at most.</summary>
    private const int Seen = 120_000, LeastPasses = 4, MostPasses = 40;

    private const string Label = "LabelKey";

    /// <summary>What a method is called, in commands and in lists.</summary>
    public static string NameOf(TextMethod method) => method switch
    {
        TextMethod.Ngram => "ngram",
        TextMethod.NasBert => "nas-bert",
        TextMethod.Bert => "bert",
        TextMethod.TextCnn => "textcnn",
        TextMethod.BiLstm => "bilstm",
        _ => "auto",
    };

    /// <summary>Whether a method wants pretrained weights.</summary>
    public static bool IsPretrained(TextMethod method) => method is TextMethod.NasBert or TextMethod.Bert;

    /// <summary>Learns from the rows of a view; rows without a label are left out.</summary>
    /// <returns>Text columns in; <c>PredictedLabel</c> (the label's own type) and <c>Score</c> (a probability per label) out.</returns>
    /// <exception cref="MLPipelinesException">The data cannot be learned from, or there are no weights; the message says what to do.</exception>
    public TransformerChain<ITransformer> Train(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        IDataView keyed = context.Transforms.Conversion.MapValueToKey(Label, options.LabelColumn).Fit(data).Transform(data);
        return Chain(context, OptionsFor(data)).Fit(keyed);
    }

    /// <summary>The chain of estimators behind the classifier, to copy and change. The label it learns from is a key.</summary>
    /// <param name="context">The context.</param>
    /// <param name="trainer">Says the columns of texts and labels, and how the network learns.</param>
    public static IEstimator<TransformerChain<ITransformer>> Chain(MLContext context, NetworkOptions trainer)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(trainer);
        return context.MulticlassClassification.Trainers.TextClassification(trainer).Append<ITransformer>(context.Transforms.Conversion.MapKeyToValue(trainer.PredictionColumnName));
    }

    private NetworkOptions OptionsFor(IDataView data)
    {
        if (options.TextColumns.Count is < 1 or > 2)
            throw new ArgumentException($"A network reads one or two columns of text, not {options.TextColumns.Count}: {string.Join(", ", options.TextColumns)}. Choose among them, or the method {NameOf(TextMethod.Ngram)}, which reads all.", nameof(data));
        int rows = HeldOutAccuracy.RowsOf(data, options.LabelColumn);
        bool isPretrained = IsPretrained(method) && !options.FromScratch;
        var chosen = new NetworkOptions
        {
            LabelColumnName = Label,
            Sentence1ColumnName = options.TextColumns[0],
            Sentence2ColumnName = options.TextColumns.Count == 2 ? options.TextColumns[1] : null,
            InitialWeights = isPretrained ? options.Weights ?? NameOf(method) : null,
            FromScratch = !isPretrained,
            Network = method switch { TextMethod.TextCnn => TextNetwork.TextCnn, TextMethod.BiLstm => TextNetwork.BiLstm, TextMethod.Bert => TextNetwork.Bert, _ => TextNetwork.NasBert },
            MaxEpoch = (int)Math.Clamp(Seen / Math.Max(1, rows), LeastPasses, MostPasses),
            MaxTokens = 256,
            WeightDecay = 0.01,
            PoolerDropout = 0.1,
            ClipNorm = 1,
            WarmupRatio = 0.1,
            TimeLimit = options.TimeLimit,
        };
        if (isPretrained) chosen.LearningRate = [method == TextMethod.Bert ? 3e-5 : 3e-4];
        options.Adjust?.Invoke(chosen);
        return chosen;
    }
}
