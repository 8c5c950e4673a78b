using System.Globalization;
using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// The tokens of all documents, in chunks of documents that one thread works on at a time. Within a chunk, terms are numbered from
/// 0, so that what is counted for them lies together in memory. Chunks depend on the data alone, never on the number of threads.
/// </summary>
internal sealed class TopicCorpus
{
    /// <summary>A chunk ends with the document that reaches this many tokens.</summary>
    internal const int TokensPerChunk = 1 << 15;

    private TopicCorpus(int termCount, IReadOnlyList<TopicChunk> chunks) => (TermCount, Chunks) = (termCount, chunks);

    /// <summary>The number of different terms that there could be.</summary>
    internal int TermCount { get; }

    internal IReadOnlyList<TopicChunk> Chunks { get; }

    internal long TokenCount => Chunks.Sum(chunk => (long)chunk.Tokens.Length);

    /// <summary>Reads the documents; those without a token are left out.</summary>
    /// <exception cref="MLPipelinesException">A row has something else than counts, or all documents are empty.</exception>
    internal static TopicCorpus Read(BatchView input, DataViewSchema.Column column, TopicSettings settings, CancellationToken cancellation)
    {
        int termCount = ((VectorDataViewType)column.Type).Size;
        var chunks = new List<TopicChunk>();
        var counts = new TermCounts();
        var builder = new Builder(termCount);
        using BatchCursor cursor = input.OpenBatches(ColumnSet.Of(input.Schema, column));
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = (VectorColumn<float>)batch[column.Index];
            for (int row = 0; row < rows.RowCount; row++)
            {
                int bad = counts.Read(rows[row], settings.MaximumTokens);
                if (bad >= 0) throw NoCount(column, batch.FirstRow + row, bad);
                builder.Add(counts);
                if (builder.TokenCount >= TokensPerChunk) chunks.Add(builder.Take());
            }
        }
        if (builder.TokenCount > 0) chunks.Add(builder.Take());
        return chunks.Count > 0 ? new TopicCorpus(termCount, chunks)
            : throw new MLPipelinesException($"{LatentDirichletAllocationTransformer.StepName}: all documents of column '{column.Name}' are empty: there is nothing to learn from.");
    }

    private static MLPipelinesException NoCount(DataViewSchema.Column column, long row, int slot) => new(string.Create(CultureInfo.InvariantCulture,
        $"{LatentDirichletAllocationTransformer.StepName}: column '{column.Name}' row {row} slot {slot} is negative, has a fraction or is not finite; expected how often the document has the term. ProduceNgrams and ProduceWordBags with the weighting Tf give such counts."));

    private sealed class Builder(int termCount)
    {
        private readonly int[] _local = NewLocal(termCount);
        private readonly List<int> _terms = [];
        private readonly List<int> _tokens = [];
        private readonly List<int> _starts = [0];

        internal int TokenCount => _tokens.Count;

        internal void Add(TermCounts document)
        {
            if (document.TokenCount == 0) return;
            for (int i = 0; i < document.Terms.Length; i++)
            {
                int term = document.Terms[i];
                if (_local[term] < 0)
                {
                    _local[term] = _terms.Count;
                    _terms.Add(term);
                }
                for (int n = 0; n < document.Counts[i]; n++) _tokens.Add(_local[term]);
            }
            _starts.Add(_tokens.Count);
        }

        internal TopicChunk Take()
        {
            var chunk = new TopicChunk([.. _terms], [.. _tokens], [.. _starts]);
            foreach (int term in CollectionsMarshal.AsSpan(_terms)) _local[term] = -1;
            _terms.Clear();
            _tokens.Clear();
            _starts.Clear();
            _starts.Add(0);
            return chunk;
        }

        private static int[] NewLocal(int count)
        {
            int[] local = new int[count];
            local.AsSpan().Fill(-1);
            return local;
        }
    }
}

/// <summary>Some documents, and the topic of each of their tokens.</summary>
/// <param name="Terms">The terms that occur, by their number in the chunk.</param>
/// <param name="Tokens">The number in the chunk of the term of every token, document after document.</param>
/// <param name="Starts">Where each document starts in the tokens; one more entry than documents.</param>
internal sealed record TopicChunk(int[] Terms, int[] Tokens, int[] Starts)
{
    internal int DocumentCount => Starts.Length - 1;

    /// <summary>The topic of every token, as of now and as of the last pass.</summary>
    internal int[] Topics { get; } = new int[Tokens.Length];

    internal int[] TopicsBefore { get; } = new int[Tokens.Length];

    /// <summary>Keeps the topics as those of the last pass.</summary>
    internal void Remember() => Topics.CopyTo(TopicsBefore, 0);
}
