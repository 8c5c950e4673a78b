using MLPipelines.Data;
using MLPipelines.Neural.Text;

namespace MLPipelines.TorchSharp.NasBert;

/// <summary>Trains a network that classifies texts, or pairs of them: an encoder with one layer or two over it, from weights or from scratch.</summary>
/// <remarks>
/// <para>Input: a label, which is a key, and one or two columns of text. Rows without a label are left out.</para>
/// <para>Output: <c>PredictedLabel</c>, and <c>Score</c>: the probability of each class.</para>
/// <para>It minimizes the cross-entropy by AdamW, in batches of texts of about the same length in a random order; the learning rate rises and falls in lines. All texts are held in memory.</para>
/// <para>The same seed gives the same weights, bit for bit, for any number of threads, and whether or not training was broken off in between; unless there is a time limit.</para>
/// </remarks>
public class TextClassificationTrainer : TorchSharpBaseTrainer
{
    private const string Name = "TextClassification";

    private readonly TrainingEnvironment _environment;
    private readonly TextClassificationOptions _options;
    private readonly ClassColumnNames _columns;
    private readonly string[] _texts;

    internal TextClassificationTrainer(TrainingEnvironment environment, TextClassificationOptions options)
    {
        _environment = environment;
        _options = options.Snapshot<TextClassificationOptions>();
        _columns = new ClassColumnNames(options.ScoreColumnName, options.PredictionColumnName);
        _columns.Check();
        ArgumentException.ThrowIfNullOrEmpty(options.LabelColumnName);
        _texts = options.Sentence2ColumnName is { } second ? [options.Sentence1ColumnName, second] : [options.Sentence1ColumnName];
        foreach (string text in _texts) ArgumentException.ThrowIfNullOrEmpty(text);
        TextOptionChecks.Check(_options);
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TextColumnsOf.Check(inputSchema, _texts, Name);
        SchemaShape.Column label = inputSchema.Require(_options.LabelColumnName, Name);
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !label.IsKey)
            throw TextColumnsOf.Unfit(Name, "label", _options.LabelColumnName, label.GetTypeString(), "Key<UInt32>. Conversion.MapValueToKey makes one out of any column");
        return inputSchema.With(ScoreColumns.MulticlassShape(label, _columns));
    }

    /// <summary>Trains the network.</summary>
    /// <exception cref="MLPipelinesException">The data cannot be learned from, or there are no weights; the message says which row and column, or what to do.</exception>
    public override TorchSharpBaseTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        _environment.CancellationToken.ThrowIfCancellationRequested();
        DataViewSchema.Column label = input.Schema[_options.LabelColumnName];
        var labelType = (KeyDataViewType)label.Type;
        int classes = checked((int)labelType.Count);
        ClassExamples examples = Read(input);
        if (!examples.HasSeveral) throw new MLPipelinesException($"{Name}: every row of column '{_options.LabelColumnName}' has the same label, expected at least two different ones.");
        ClassExamples? validation = _options.ValidationSet is null ? null : Read(Checked(_options.ValidationSet, labelType));
        TextNetworkModel model = NetworkFitting.Run(_options, _environment, Name, HeadKind.Texts, classes, examples, validation);
        return new TextClassificationTransformer(new NetworkOverTexts(model, _texts), KeyValues.Of(label), _columns);
    }

    private ClassExamples Read(IDataView data) => new(data, _texts, _options.LabelColumnName, Name, _environment.CancellationToken);

    private IDataView Checked(IDataView validation, KeyDataViewType label)
    {
        GetOutputSchema(SchemaShape.Create(validation.Schema));
        DataViewType found = validation.Schema[_options.LabelColumnName].Type;
        return found is KeyDataViewType key && key.Count == label.Count ? validation
            : throw TextColumnsOf.Unfit(Name, "label", _options.LabelColumnName, $"{found} in the validation set", $"{label.Count} classes as in the training set. Transform both by the same fitted MapValueToKey");
    }

    /// <summary>The options of <see cref="TextClassificationTrainer"/>.</summary>
    public class TextClassificationOptions : NasBertTrainer.NasBertOptions
    {
        /// <summary>Batches of 32 and 10 passes.</summary>
        public TextClassificationOptions()
        {
            TaskType = BertTaskType.TextClassification;
            BatchSize = 32;
            MaxEpoch = 10;
        }
    }
}
