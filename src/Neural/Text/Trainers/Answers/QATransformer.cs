using System.Runtime.CompilerServices;
using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;

namespace MLPipelines.TorchSharp.Roberta;

/// <summary>
/// Finds the parts of texts that answer questions: columns <c>Answer</c>, as they stand in the text, the best first, and <c>Score</c>, their probabilities. Many threads may use it.
/// </summary>
public sealed class QATransformer : RowToRowTransformer, IDisposable, IEncoderSource, ITextNetworkSource
{
    internal const string StepName = "question-answer-network";

    // Both columns come of one look at the network: the scores of a column of answers are found by it.
    private static readonly ConditionalWeakTable<BatchColumn, VectorColumn<float>> Scores = [];

    private readonly NetworkOverTexts _network;
    private readonly AnswerColumns _columns;

    internal QATransformer(NetworkOverTexts network, AnswerColumns columns) => (_network, _columns) = (network, columns);

    /// <inheritdoc/>
    public override string TypeId => StepName;

    PretrainedEncoder IEncoderSource.Encoder => _network.Model.Encoder;

    NetworkOverTexts ITextNetworkSource.Network => _network;

    /// <summary>Does nothing: no memory outside of the runtime's has to be given back. It is there for code that was written for ML.NET.</summary>
    public void Dispose() { }

    /// <inheritdoc/>
    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int[] texts = TextColumnsOf.Indices(input, _network.Texts, TypeId);
        int answers = input.Count;
        return
        [
            new OutputColumn(_columns.Answer, new VectorDataViewType(TextDataViewType.Instance), null, texts, () => Kernel(texts)) { RowsAtOnce = TextScorer.RowsAtOnce },
            new OutputColumn(_columns.Score, new VectorDataViewType(NumberDataViewType.Single), AnswerColumns.ScoreAnnotations, [answers],
                () => batch => Scores.TryGetValue(batch[answers], out VectorColumn<float>? scores) ? scores : throw new InvalidOperationException("The column of answers was replaced.")),
        ];
    }

    /// <inheritdoc/>
    public override void Save(ModelStepWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _network.Save(writer);
        _columns.Save(writer);
    }

    internal static QATransformer Load(ModelStepReader reader)
    {
        NetworkOverTexts network = NetworkOverTexts.Load(reader, HeadKind.Spans);
        return network.Texts.Count == 2 && network.Model.Outputs == 2 ? new QATransformer(network, AnswerColumns.Load(reader)) : throw reader.Invalid($"it reads {network.Texts.Count} columns of text, expected two");
    }

    private ColumnKernel Kernel(int[] texts)
    {
        var scorer = new TextScorer(_network.Model);
        var target = new AnswerTarget(_columns.Count, _columns.MaxTokens);
        Scores.Add(target.Answers, target.Probabilities);
        return batch =>
        {
            NetworkOverTexts.Run(scorer, batch, texts, target);
            target.Collect((TextColumn)batch[texts[1]]);
            return target.Answers;
        };
    }

    /// <summary>Collects the best parts of each context.</summary>
    private sealed class AnswerTarget(int most, int mostTokens) : ITextTarget
    {
        private readonly BestSpans _spans = new(most, mostTokens);
        private readonly List<(int Start, int End)> _characters = [];
        private (int First, int Place, int Count)[] _contexts = [];
        private (int Start, int End, float Probability)[] _found = [];
        private int[] _counts = [];
        private int _rows;

        internal TextVectorColumn Answers { get; } = new(0);

        internal VectorColumn<float> Probabilities { get; } = new(0);

        public void Start(int rows)
        {
            _rows = rows;
            _characters.Clear();
            if (_contexts.Length < rows) (_contexts, _found, _counts) = (new (int, int, int)[rows], new (int, int, float)[rows * most], new int[rows]);
        }

        public void See(int row, SequenceBuilder sequence)
        {
            (int start, int count) = sequence.Second.GetOffsetAndLength(sequence.Ids.Length);
            _contexts[row] = (_characters.Count, start, count);
            for (int token = start; token < start + count; token++) _characters.Add((sequence.Starts[token], sequence.Ends[token]));
        }

        public void Take(int row, Span<float> scores)
        {
            (int first, int place, int count) = _contexts[row];
            _spans.Find(scores, place, place + count);
            _counts[row] = _spans.Count;
            for (int i = 0; i < _spans.Count; i++)
            {
                var (begin, last, probability) = _spans.Best[i];
                _found[row * most + i] = (_characters[first + begin - place].Start, _characters[first + last - place].End, probability);
            }
        }

        internal void Collect(TextColumn contexts)
        {
            Answers.Clear();
            Probabilities.Clear();
            for (int row = 0; row < _rows; row++)
            {
                Span<float> probabilities = Probabilities.AppendDense(_counts[row]);
                for (int i = 0; i < _counts[row]; i++)
                {
                    (int start, int end, probabilities[i]) = _found[row * most + i];
                    // The space before a word belongs to its first token in some vocabularies.
                    Answers.AppendItem(contexts[row][start..Math.Max(start, end)].Trim());
                }
                Answers.EndRow();
            }
        }
    }
}
