using MLPipelines.Data;
using MLPipelines.Tokenizers;
using MLPipelines.Trainers;

namespace MLPipelines.Neural.Text;

/// <summary>Texts with numbers. Rows without a number are left out.</summary>
internal sealed class NumberExamples : TextExamples
{
    private readonly List<float> _numbers = [];

    internal NumberExamples(IDataView data, IReadOnlyList<string> texts, string label, string name, CancellationToken cancellation) : base(texts.Count > 1)
    {
        DataViewSchema.Column labels = data.Schema[label];
        List<int> rows = [];
        Read(data, texts, [label], (batch, first) =>
        {
            rows.Clear();
            int before = _numbers.Count;
            LabelReader.Append(batch[labels.Index], labels, _numbers, rows);
            for (int i = 0; i < rows.Count; i++)
                if (float.IsInfinity(_numbers[before + i])) throw new MLPipelinesException($"{name}: row {first + rows[i]}, column '{label}': found {_numbers[before + i]}, expected a finite number.");
            return rows;
        }, cancellation);
        if (Count == 0) throw new MLPipelinesException($"{name}: there is nothing to learn from: the data has no row with a number in column '{label}'.");
    }

    private protected override IEnumerable<int> Targets => _numbers.Select(BitConverter.SingleToInt32Bits);

    internal override TextTask CreateTask(HeadedEncoder network, Tokenizer tokenizer, int maxTokens) => new NumberTask(network, tokenizer, Sequences(tokenizer, maxTokens), [.. _numbers]);
}
