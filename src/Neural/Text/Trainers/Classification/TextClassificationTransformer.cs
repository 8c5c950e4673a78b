using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;

namespace MLPipelines.TorchSharp.NasBert;

/// <summary>Predicts the classes of texts, or of pairs of them: columns <c>PredictedLabel</c> and <c>Score</c>, the probability of each class. Many threads may use it.</summary>
public sealed class TextClassificationTransformer : TorchSharpBaseTransformer, IEncoderSource, ITextNetworkSource
{
    internal const string StepName = "text-classification-network";

    private readonly NetworkOverTexts _network;
    private readonly KeyValues? _labels;
    private readonly ClassColumnNames _columns;

    internal TextClassificationTransformer(NetworkOverTexts network, KeyValues? labels, ClassColumnNames columns) => (_network, _labels, _columns) = (network, labels, columns);

    /// <inheritdoc/>
    public override string TypeId => StepName;

    PretrainedEncoder IEncoderSource.Encoder => _network.Model.Encoder;

    NetworkOverTexts ITextNetworkSource.Network => _network;

    /// <summary>How many numbers were learned, or could have been.</summary>
    public long ParameterCount => _network.Model.Network.ParameterCount;

    /// <inheritdoc/>
    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int[] texts = TextColumnsOf.Indices(input, _network.Texts, TypeId);
        int classes = _network.Model.Outputs;
        return ClassScoreColumns.Of(input.Count, new KeyDataViewType(typeof(uint), classes), _labels, classes, texts, () => Kernel(texts, classes), _columns, TextScorer.RowsAtOnce);
    }

    /// <inheritdoc/>
    public override void Save(ModelStepWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _network.Save(writer);
        _columns.Save(writer);
        writer.Set("labelled", _labels is not null);
        _labels?.Save(writer.Section("labels"));
    }

    internal static TextClassificationTransformer Load(ModelStepReader reader)
    {
        NetworkOverTexts network = NetworkOverTexts.Load(reader, HeadKind.Texts);
        KeyValues? labels = reader.GetBoolean("labelled") ? KeyValues.Load(reader.Section("labels")) : null;
        if (labels is not null && labels.Count != network.Model.Outputs) throw reader.Invalid($"it has {labels.Count} labels for {network.Model.Outputs} classes");
        return new TextClassificationTransformer(network, labels, ClassColumnNames.Load(reader));
    }

    private ColumnKernel Kernel(int[] texts, int classes)
    {
        var scorer = new TextScorer(_network.Model);
        var target = new ProbabilityTarget(classes);
        return batch =>
        {
            NetworkOverTexts.Run(scorer, batch, texts, target);
            return target.Column;
        };
    }
}
