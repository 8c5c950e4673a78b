using MLPipelines.Data;
using MLPipelines.Tokenizers;
using MLPipelines.Trainers;

namespace MLPipelines.Neural.Text;

/// <summary>Texts with classes. Rows without a class are left out.</summary>
internal sealed class ClassExamples : TextExamples
{
    private readonly List<float> _classes = [];

    internal ClassExamples(IDataView data, IReadOnlyList<string> texts, string label, string name, CancellationToken cancellation) : base(texts.Count > 1)
    {
        DataViewSchema.Column labels = data.Schema[label];
        List<int> rows = [];
        Read(data, texts, [label], (batch, _) =>
        {
            rows.Clear();
            LabelReader.Append(batch[labels.Index], labels, _classes, rows);
            return rows;
        }, cancellation);
        if (Count == 0) throw new MLPipelinesException($"{name}: there is nothing to learn from: the data has no row with a label in column '{label}'.");
    }

    /// <summary>Whether there are at least two classes.</summary>
    internal bool HasSeveral => _classes.Exists(value => value != _classes[0]);

    private protected override IEnumerable<int> Targets => _classes.Select(value => (int)value);

    internal override TextTask CreateTask(HeadedEncoder network, Tokenizer tokenizer, int maxTokens) => new ClassTask(network, tokenizer, Sequences(tokenizer, maxTokens), [.. Targets]);
}
