using MLPipelines.Data;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>Texts with a class for each word; 0 where a word is of none.</summary>
internal sealed class WordExamples : TextExamples
{
    private readonly List<uint[]> _classes = [];

    internal WordExamples(IDataView data, string text, string label, string name, CancellationToken cancellation) : base(isPair: false)
    {
        int labels = data.Schema[label].Index, texts = data.Schema[text].Index;
        Read(data, [text], [label], (batch, first) =>
        {
            var (column, keys) = ((TextColumn)batch[texts], (VectorColumn<uint>)batch[labels]);
            for (int row = 0; row < batch.RowCount; row++)
            {
                uint[] classes = new uint[keys[row].Length];
                keys[row].CopyTo(classes);
                int words = WordSpans.Count(column[row]);
                if (classes.Length != words)
                    throw new MLPipelinesException($"{name}: row {first + row}: column '{label}' has {classes.Length} labels and column '{text}' {words} words, expected a label for each word. Words are what stands between white space.");
                _classes.Add(classes);
            }
            return Enumerable.Range(0, batch.RowCount);
        }, cancellation);
        if (!_classes.Exists(classes => classes.Length > 0)) throw new MLPipelinesException($"{name}: there is nothing to learn from: the data has no row with a word in column '{text}' and its label in column '{label}'.");
    }

    private protected override IEnumerable<int> Targets => _classes.SelectMany(classes => classes.Select(value => (int)value).Append(-1));

    internal override TextTask CreateTask(HeadedEncoder network, Tokenizer tokenizer, int maxTokens)
    {
        List<int[]> classes = [];
        int[] words = [];
        TokenTable table = Sequences(tokenizer, maxTokens, (row, sequence) =>
        {
            if (words.Length < sequence.Ids.Length) words = new int[sequence.Ids.Length];
            int[] targets = new int[sequence.Ids.Length];
            Array.Fill(targets, Tensor.LeftOut);
            (int start, int count) = sequence.First.GetOffsetAndLength(targets.Length);
            WordSpans.Align(First[row], sequence.Starts.Slice(start, count), sequence.Ends.Slice(start, count), words);
            for (int token = 0; token < count; token++)
                if (words[token] >= 0) targets[start + token] = (int)_classes[row][words[token]];
            // A text without words teaches nothing.
            if (count == 0) return false;
            classes.Add(targets);
            return true;
        });
        return new TokenClassTask(network, tokenizer, table, classes);
    }
}
