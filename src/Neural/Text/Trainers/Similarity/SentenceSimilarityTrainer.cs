using MLPipelines.Data;
using MLPipelines.Neural.Text;

namespace MLPipelines.TorchSharp.NasBert;

/// <summary>Trains a network that gives pairs of texts a number, such as how alike they are: an encoder over both with one layer or two over it, from weights or from scratch.</summary>
/// <remarks>
/// <para>Input: a label, which is a number (<see cref="float"/>), and two columns of text. Rows without a number are left out.</para>
/// <para>Output: <c>Score</c>, on the scale of the labels. It minimizes the mean of squared errors; otherwise it learns as <see cref="TextClassificationTrainer"/> does.</para>
/// </remarks>
public class SentenceSimilarityTrainer : TorchSharpBaseTrainer
{
    private const string Name = "SentenceSimilarity";

    private readonly TrainingEnvironment _environment;
    private readonly SentenceSimilarityOptions _options;
    private readonly string[] _texts;

    internal SentenceSimilarityTrainer(TrainingEnvironment environment, SentenceSimilarityOptions options)
    {
        _environment = environment;
        _options = options.Snapshot<SentenceSimilarityOptions>();
        ArgumentException.ThrowIfNullOrEmpty(options.LabelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.ScoreColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.Sentence1ColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.Sentence2ColumnName);
        _texts = [options.Sentence1ColumnName, options.Sentence2ColumnName];
        TextOptionChecks.Check(_options);
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TextColumnsOf.Check(inputSchema, _texts, Name);
        SchemaShape.Column label = inputSchema.Require(_options.LabelColumnName, Name);
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || label.IsKey || !label.ItemType.Equals(NumberDataViewType.Single))
            throw TextColumnsOf.Unfit(Name, "label", _options.LabelColumnName, label.GetTypeString(), "Single. Conversion.ConvertType makes one out of other numbers");
        return inputSchema.With(ScoreColumns.RegressionShape().Select(column => new SchemaShape.Column(_options.ScoreColumnName, column.Kind, column.ItemType, column.IsKey, column.Annotations)));
    }

    /// <inheritdoc cref="TextClassificationTrainer.Fit"/>
    public override TorchSharpBaseTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        NumberExamples examples = Read(input);
        NumberExamples? validation = _options.ValidationSet is null ? null : Read(_options.ValidationSet);
        TextNetworkModel model = NetworkFitting.Run(_options, _environment, Name, HeadKind.Texts, 1, examples, validation);
        return new SentenceSimilarityTransformer(new NetworkOverTexts(model, _texts), _options.ScoreColumnName);
    }

    private NumberExamples Read(IDataView data)
    {
        GetOutputSchema(SchemaShape.Create(data.Schema));
        _environment.CancellationToken.ThrowIfCancellationRequested();
        return new NumberExamples(data, _texts, _options.LabelColumnName, Name, _environment.CancellationToken);
    }

    /// <summary>The options of <see cref="SentenceSimilarityTrainer"/>.</summary>
    public class SentenceSimilarityOptions : NasBertTrainer.NasBertOptions
    {
        /// <summary>Batches of 32, 10 passes, a learning rate of 0.0002 and a weight decay of 0.01.</summary>
        public SentenceSimilarityOptions()
        {
            BatchSize = 32;
            MaxEpoch = 10;
            TaskType = BertTaskType.SentenceRegression;
            LearningRate = [.0002];
            WeightDecay = .01;
        }
    }
}
