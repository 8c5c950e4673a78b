using MLPipelines.Data;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>Texts with the probabilities that a teacher gives to each class.</summary>
internal sealed class TaughtExamples : TextExamples
{
    private readonly List<float> _probabilities = [];
    private readonly int _classes;

    /// <param name="data">Rows that the teacher has seen.</param>
    /// <param name="text">The column of texts.</param>
    /// <param name="score">The teacher's column of probabilities.</param>
    /// <param name="cancellation">Ends reading.</param>
    internal TaughtExamples(IDataView data, string text, string score, CancellationToken cancellation) : base(isPair: false)
    {
        int scores = data.Schema[score].Index;
        _classes = ((VectorDataViewType)data.Schema[score].Type).Size;
        Read(data, [text], [score], (batch, first) =>
        {
            var column = (VectorColumn<float>)batch[scores];
            Span<float> row = new float[_classes];
            for (int i = 0; i < batch.RowCount; i++)
            {
                column[i].CopyTo(row);
                float sum = 0;
                foreach (float value in row) sum += value >= 0 ? value : float.NaN;
                if (!(Math.Abs(sum - 1) < 1e-3f)) throw new MLPipelinesException($"The teacher's scores of text {first + i} are not probabilities: they sum to {sum}. Only classifiers that give probabilities can teach.");
                _probabilities.AddRange(row);
            }
            return Enumerable.Range(0, batch.RowCount);
        }, cancellation);
    }

    private protected override IEnumerable<int> Targets => _probabilities.Select(BitConverter.SingleToInt32Bits);

    internal override TextTask CreateTask(HeadedEncoder network, Tokenizer tokenizer, int maxTokens) => new TaughtTask(network, tokenizer, Sequences(tokenizer, maxTokens), [.. _probabilities], _classes);
}
