using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;

namespace MLPipelines.TorchSharp.NasBert;

/// <summary>Gives pairs of texts a number: column <c>Score</c>. Many threads may use it.</summary>
public sealed class SentenceSimilarityTransformer : TorchSharpBaseTransformer, IEncoderSource, ITextNetworkSource
{
    internal const string StepName = "sentence-similarity-network";

    private readonly NetworkOverTexts _network;
    private readonly string _score;

    internal SentenceSimilarityTransformer(NetworkOverTexts network, string score) => (_network, _score) = (network, score);

    /// <inheritdoc/>
    public override string TypeId => StepName;

    PretrainedEncoder IEncoderSource.Encoder => _network.Model.Encoder;

    NetworkOverTexts ITextNetworkSource.Network => _network;

    /// <inheritdoc/>
    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int[] texts = TextColumnsOf.Indices(input, _network.Texts, TypeId);
        return [new OutputColumn(_score, NumberDataViewType.Single, ScoreColumns.Annotations("Regression", ScoreColumns.Score), texts, () => Kernel(texts)) { RowsAtOnce = TextScorer.RowsAtOnce }];
    }

    /// <inheritdoc/>
    public override void Save(ModelStepWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _network.Save(writer);
        writer.Set("score-column", _score);
    }

    internal static SentenceSimilarityTransformer Load(ModelStepReader reader)
    {
        NetworkOverTexts network = NetworkOverTexts.Load(reader, HeadKind.Texts);
        return network.Model.Outputs == 1 && network.Texts.Count == 2 ? new SentenceSimilarityTransformer(network, reader.GetString("score-column"))
            : throw reader.Invalid($"it gives {network.Model.Outputs} scores of {network.Texts.Count} texts, expected one of two");
    }

    private ColumnKernel Kernel(int[] texts)
    {
        var scorer = new TextScorer(_network.Model);
        var target = new NumberTarget();
        return batch =>
        {
            NetworkOverTexts.Run(scorer, batch, texts, target);
            return target.Column;
        };
    }

    /// <summary>Collects the numbers in a column.</summary>
    private sealed class NumberTarget : ITextTarget
    {
        internal ValueColumn<float> Column { get; } = new();

        public void Start(int rows) => Column.Resize(rows);

        public void See(int row, SequenceBuilder sequence) { }

        public void Take(int row, Span<float> scores) => Column.Resize(Column.RowCount)[row] = scores[0];
    }
}
