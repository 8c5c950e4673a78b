using MLPipelines.Transforms.Text;

namespace MLPipelines;

public static partial class TextCatalog
{
    /// <summary>Turns words into numbers with published word vectors, whose file must be there; see <see cref="WordEmbeddingEstimator.PretrainedModelKind"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/>, three slots per number of a word vector: smallest, mean and largest.</param>
    /// <param name="inputColumnName">The column to read: a vector of text; the output column when null.</param>
    /// <param name="modelKind">Which word vectors.</param>
    public static WordEmbeddingEstimator ApplyWordEmbedding(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        WordEmbeddingEstimator.PretrainedModelKind modelKind = WordEmbeddingEstimator.PretrainedModelKind.SentimentSpecificWordEmbedding) =>
        WordEmbeddingEstimator.Pretrained(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), modelKind);

    /// <summary>Turns words into numbers with word vectors from a file.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/>, three slots per number of a word vector: smallest, mean and largest.</param>
    /// <param name="customModelFile">Text of a word and its numbers per line: GloVe, word2vec or fastText, plain or gzip.</param>
    /// <param name="inputColumnName">The column to read: a vector of text; the output column when null.</param>
    public static WordEmbeddingEstimator ApplyWordEmbedding(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string customModelFile,
        string? inputColumnName = null) =>
        WordEmbeddingEstimator.FromFile(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), customModelFile);
}
