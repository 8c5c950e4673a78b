using MLPipelines.Data;
using MLPipelines.Neural.Text;

namespace MLPipelines.TorchSharp.NasBert;

/// <summary>Trains a network that gives each word of a text a class, such as those of names: an encoder with one layer over it, from weights or from scratch.</summary>
/// <remarks>
/// <para>Input: a column of text, and a label: a vector of keys, one for each word. Words are what stands between white space. A key of 0, a missing value, is a word of no class: labels that
/// <c>MapValueToKey</c> was not told of, such as <c>O</c>, become that.</para>
/// <para>Output: <c>PredictedLabel</c>, a vector of keys, one for each word; 0 for words of no class and for words beyond the most tokens of a text.</para>
/// <para>All tokens of a word learn its class, and the first one says it. Otherwise it learns as <see cref="TextClassificationTrainer"/> does.</para>
/// </remarks>
public class NerTrainer : TorchSharpBaseTrainer
{
    private const string Name = "NamedEntityRecognition";

    private readonly TrainingEnvironment _environment;
    private readonly NerOptions _options;

    internal NerTrainer(TrainingEnvironment environment, NerOptions options)
    {
        _environment = environment;
        _options = options.Snapshot<NerOptions>();
        ArgumentException.ThrowIfNullOrEmpty(options.LabelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.PredictionColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.Sentence1ColumnName);
        TextOptionChecks.Check(_options);
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TextColumnsOf.Check(inputSchema, [_options.Sentence1ColumnName], Name);
        SchemaShape.Column label = inputSchema.Require(_options.LabelColumnName, Name);
        if (label.Kind == SchemaShape.Column.VectorKind.Scalar || !label.IsKey || !label.ItemType.Equals(NumberDataViewType.UInt32))
            throw TextColumnsOf.Unfit(Name, "label", _options.LabelColumnName, label.GetTypeString(), "a vector of Key<UInt32>. Conversion.MapValueToKey makes one out of a vector of texts");
        SchemaShape annotations = label.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values) ? new SchemaShape([values]) : new SchemaShape([]);
        return inputSchema.With(new SchemaShape.Column(_options.PredictionColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true, annotations));
    }

    /// <inheritdoc cref="TextClassificationTrainer.Fit"/>
    public override TorchSharpBaseTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        WordExamples examples = Read(input);
        DataViewSchema.Column label = input.Schema[_options.LabelColumnName];
        KeyDataViewType type = KeyOf(label);
        if (_options.ValidationSet?.Schema.GetColumnOrNull(_options.LabelColumnName) is { } other && (!RawTypes.ItemTypeOf(other.Type).Equals(type)))
            throw TextColumnsOf.Unfit(Name, "label", _options.LabelColumnName, $"{other.Type} in the validation set", $"keys of {type} as in the training set. Transform both by the same fitted MapValueToKey");
        WordExamples? validation = _options.ValidationSet is null ? null : Read(_options.ValidationSet);
        // The first class is that of words of none.
        TextNetworkModel model = NetworkFitting.Run(_options, _environment, Name, HeadKind.Tokens, checked((int)type.Count + 1), examples, validation);
        return new NerTransformer(new NetworkOverTexts(model, [_options.Sentence1ColumnName]), KeyValues.Of(label), _options.PredictionColumnName);
    }

    private static KeyDataViewType KeyOf(DataViewSchema.Column label) => (KeyDataViewType)RawTypes.ItemTypeOf(label.Type);

    private WordExamples Read(IDataView data)
    {
        GetOutputSchema(SchemaShape.Create(data.Schema));
        _environment.CancellationToken.ThrowIfCancellationRequested();
        return new WordExamples(data, _options.Sentence1ColumnName, _options.LabelColumnName, Name, _environment.CancellationToken);
    }

    /// <summary>The options of <see cref="NerTrainer"/>.</summary>
    public class NerOptions : NasBertTrainer.NasBertOptions
    {
        /// <summary>A learning rate of 0.0002.</summary>
        public NerOptions()
        {
            LearningRate = [2e-4];
            TaskType = BertTaskType.NamedEntityRecognition;
        }
    }
}
