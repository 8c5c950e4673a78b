using MLPipelines.Data;
using MLPipelines.Neural.Training;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>Texts, or pairs of them, with what is to be predicted.</summary>
/// <param name="isPair">Whether there are two texts in a row.</param>
internal abstract class TextExamples(bool isPair)
{
    /// <summary>The text, or the first of two, of each row.</summary>
    internal List<string> First { get; } = [];

    /// <summary>The second; empty where there is one.</summary>
    internal List<string> Second { get; } = [];

    internal int Count => First.Count;

    /// <summary>All texts.</summary>
    internal IEnumerable<string> Texts => First.Concat(Second);

    /// <summary>What is to be learned, for a network and its tokenizer.</summary>
    internal abstract TextTask CreateTask(HeadedEncoder network, Tokenizer tokenizer, int maxTokens);

    /// <summary>What is to be predicted, as numbers that differ where it does.</summary>
    private protected abstract IEnumerable<int> Targets { get; }

    /// <summary>A number of everything that it holds.</summary>
    internal ulong Fingerprint() =>
        Training.Fingerprint.Of(Texts.SelectMany(text => new[] { text.Length, unchecked((int)Training.Fingerprint.Of(text)) }).Concat(Targets).ToArray());

    /// <summary>The texts as tokens.</summary>
    /// <param name="tokenizer">What divides them.</param>
    /// <param name="maxTokens">The most tokens of a sequence.</param>
    /// <param name="use">Sees each sequence before it is added, and says whether it is.</param>
    private protected TokenTable Sequences(Tokenizer tokenizer, int maxTokens, Func<int, SequenceBuilder, bool>? use = null)
    {
        var sequence = new SequenceBuilder(tokenizer, maxTokens);
        var table = new TokenTable();
        for (int row = 0; row < Count; row++)
        {
            if (isPair) sequence.Build(First[row], Second[row]);
            else sequence.Build(First[row]);
            if (use is null || use(row, sequence)) table.Add(sequence);
        }
        return table;
    }

    /// <summary>Reads texts, or pairs of them, run by run.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="texts">The columns of texts, one or two.</param>
    /// <param name="others">Columns that are read with them.</param>
    /// <param name="choose">Says which rows of a run are taken, whose first row has the number that is given, and keeps what is to be predicted for them.</param>
    /// <param name="cancellation">Ends reading.</param>
    private protected void Read(IDataView data, IReadOnlyList<string> texts, IReadOnlyList<string> others, Func<Batch, long, IEnumerable<int>> choose, CancellationToken cancellation)
    {
        BatchView view = BatchView.Of(data);
        int[] columns = [.. texts.Select(name => view.Schema[name].Index)];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, columns.Concat(others.Select(name => view.Schema[name].Index))));
        long first = 0;
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (int row in choose(batch, first))
            {
                First.Add(((TextColumn)batch[columns[0]])[row].ToString());
                if (columns.Length > 1) Second.Add(((TextColumn)batch[columns[1]])[row].ToString());
            }
            first += batch.RowCount;
        }
    }
}
