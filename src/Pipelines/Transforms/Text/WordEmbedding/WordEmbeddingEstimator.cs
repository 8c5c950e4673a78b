using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Turns a vector of words into numbers by looking up a vector for each word: of d numbers per word come 3 d slots of <see cref="float"/>, the
/// smallest, the mean and the largest number of all words of the row. Words that the file does not have are left out; a row without
/// any known word is 0 throughout. Upper and lower case differ: NormalizeText makes text lower case, as most files are.
/// </summary>
/// <remarks>
/// The file is read when the estimator is fitted and held in memory (4 d bytes a word, and the words); the model file holds it
/// too, so that a saved model needs no other file. Files are those of GloVe, word2vec and fastText in their text form: a word and d numbers
/// per line, with or without a first line of counts, plain or gzip. Lines of another kind are left out.
/// </remarks>
public sealed class WordEmbeddingEstimator : OneToOneEstimator<WordEmbeddingTransformer>
{
    private readonly Func<string> _findFile;

    private WordEmbeddingEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, Func<string> findFile)
        : base(environment, WordEmbeddingTransformer.StepName, columns) => _findFile = findFile;

    internal static WordEmbeddingEstimator FromFile(TrainingEnvironment environment, InputOutputColumnPair columns, string file)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        return new WordEmbeddingEstimator(environment, columns, () => file);
    }

    internal static WordEmbeddingEstimator Pretrained(TrainingEnvironment environment, InputOutputColumnPair columns, PretrainedModelKind kind)
    {
        PretrainedWordVectors.FileNameOf(kind);
        return new WordEmbeddingEstimator(environment, columns, () => PretrainedWordVectors.Find(kind));
    }

    protected override WordEmbeddingTransformer Fit(BatchView input) => new([new WordEmbedding(Columns[0], WordVectorFile.Read(_findFile(), Environment.CancellationToken))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) =>
        input.ItemType is TextDataViewType && input.Kind != SchemaShape.Column.VectorKind.Scalar
            ? new SchemaShape.Column(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false)
            : throw WrongType(input, WordEmbedding.Expected);

    /// <summary>
    /// Published word vectors. Their files are not part of the library and are not downloaded: they are looked for by name in the folder that the environment
    /// variable <c>MLPIPELINES_RESOURCE_PATH</c> (or ML.NET's <c>MICROSOFTML_RESOURCE_PATH</c>) names, in ML.NET's own folder of the user, and beside the program.
    /// </summary>
    public enum PretrainedModelKind
    {
        /// <summary><c>glove.6B.50d.txt</c>: 50 numbers a word.</summary>
        GloVe50D = 0,

        /// <summary><c>glove.6B.100d.txt</c>: 100 numbers a word.</summary>
        GloVe100D = 1,

        /// <summary><c>glove.6B.200d.txt</c>: 200 numbers a word.</summary>
        GloVe200D = 2,

        /// <summary><c>glove.6B.300d.txt</c>: 300 numbers a word.</summary>
        GloVe300D = 3,

        /// <summary><c>glove.twitter.27B.25d.txt</c>: 25 numbers a word.</summary>
        GloVeTwitter25D = 4,

        /// <summary><c>glove.twitter.27B.50d.txt</c>: 50 numbers a word.</summary>
        GloVeTwitter50D = 5,

        /// <summary><c>glove.twitter.27B.100d.txt</c>: 100 numbers a word.</summary>
        GloVeTwitter100D = 6,

        /// <summary><c>glove.twitter.27B.200d.txt</c>: 200 numbers a word.</summary>
        GloVeTwitter200D = 7,

        /// <summary><c>wiki.en.vec</c>: 300 numbers a word.</summary>
        FastTextWikipedia300D = 8,

        /// <summary><c>sentiment.emd</c>: 50 numbers a word, learned to tell sentiments apart.</summary>
        SentimentSpecificWordEmbedding = 9,
    }
}
