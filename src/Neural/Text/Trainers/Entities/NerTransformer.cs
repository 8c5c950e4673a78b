using System.Numerics.Tensors;
using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;

namespace MLPipelines.TorchSharp.NasBert;

/// <summary>Predicts the class of each word of texts: column <c>PredictedLabel</c>, a vector of keys, one for each word, 0 for words of no class. Many threads may use it.</summary>
public sealed class NerTransformer : TorchSharpBaseTransformer, IEncoderSource, ITextNetworkSource
{
    internal const string StepName = "named-entity-network";

    private readonly NetworkOverTexts _network;
    private readonly KeyValues? _labels;
    private readonly string _predicted;

    internal NerTransformer(NetworkOverTexts network, KeyValues? labels, string predicted) => (_network, _labels, _predicted) = (network, labels, predicted);

    /// <inheritdoc/>
    public override string TypeId => StepName;

    PretrainedEncoder IEncoderSource.Encoder => _network.Model.Encoder;

    NetworkOverTexts ITextNetworkSource.Network => _network;

    /// <inheritdoc/>
    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int[] texts = TextColumnsOf.Indices(input, _network.Texts, TypeId);
        var type = new VectorDataViewType(new KeyDataViewType(typeof(uint), _network.Model.Outputs - 1));
        return [new OutputColumn(_predicted, type, _labels?.ToAnnotations(), texts, () => Kernel(texts)) { RowsAtOnce = TextScorer.RowsAtOnce }];
    }

    /// <inheritdoc/>
    public override void Save(ModelStepWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _network.Save(writer);
        writer.Set("predicted-label-column", _predicted);
        writer.Set("labelled", _labels is not null);
        _labels?.Save(writer.Section("labels"));
    }

    internal static NerTransformer Load(ModelStepReader reader)
    {
        NetworkOverTexts network = NetworkOverTexts.Load(reader, HeadKind.Tokens);
        KeyValues? labels = reader.GetBoolean("labelled") ? KeyValues.Load(reader.Section("labels")) : null;
        int classes = network.Model.Outputs - 1;
        if (classes < 1 || network.Texts.Count != 1 || labels is not null && labels.Count != classes) throw reader.Invalid($"it has {labels?.Count} labels for {classes} classes of words of {network.Texts.Count} texts");
        return new NerTransformer(network, labels, reader.GetString("predicted-label-column"));
    }

    private ColumnKernel Kernel(int[] texts)
    {
        var scorer = new TextScorer(_network.Model);
        var target = new WordTarget(_network.Model.Outputs);
        return batch =>
        {
            target.Texts = (TextColumn)batch[texts[0]];
            NetworkOverTexts.Run(scorer, batch, texts, target);
            return target.Column();
        };
    }

    /// <summary>Takes the class of each word from its first token.</summary>
    private sealed class WordTarget(int classes) : ITextTarget
    {
        private readonly VectorColumn<uint> _column = new(0);
        private (int Start, int End)[] _rows = [];
        private int[] _aligned = new int[64], _places = new int[64];
        private uint[] _words = new uint[64];
        private int _count;

        internal TextColumn Texts { get; set; } = new();

        public void Start(int rows)
        {
            if (_rows.Length < rows) _rows = new (int, int)[rows];
            _count = rows;
        }

        public void See(int row, SequenceBuilder sequence)
        {
            int first = row == 0 ? 0 : _rows[row - 1].End, words = WordSpans.Count(Texts[row]), end = first + words;
            if (_places.Length < end)
            {
                Array.Resize(ref _places, Math.Max(end, 2 * _places.Length));
                Array.Resize(ref _words, _places.Length);
            }
            (int start, int tokens) = sequence.First.GetOffsetAndLength(sequence.Ids.Length);
            if (_aligned.Length < tokens) _aligned = new int[Math.Max(tokens, 2 * _aligned.Length)];
            WordSpans.Align(Texts[row], sequence.Starts.Slice(start, tokens), sequence.Ends.Slice(start, tokens), _aligned);
            _places.AsSpan(first, words).Fill(-1);
            for (int token = tokens - 1; token >= 0; token--)
                if (_aligned[token] >= 0) _places[first + _aligned[token]] = start + token;
            _rows[row] = (first, end);
        }

        public void Take(int row, Span<float> scores)
        {
            (int start, int end) = _rows[row];
            for (int word = start; word < end; word++)
                _words[word] = _places[word] < 0 ? 0 : (uint)TensorPrimitives.IndexOfMax(scores.Slice(_places[word] * classes, classes));
        }

        internal VectorColumn<uint> Column()
        {
            _column.Clear();
            for (int row = 0; row < _count; row++) _column.Append(_words.AsSpan(_rows[row].Start, _rows[row].End - _rows[row].Start));
            return _column;
        }
    }
}
