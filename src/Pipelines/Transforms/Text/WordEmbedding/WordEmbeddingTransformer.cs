using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Sums up words as numbers, with the word vectors that <see cref="WordEmbeddingEstimator"/> read.</summary>
public sealed class WordEmbeddingTransformer : OneToOneTransformer<WordEmbedding>
{
    internal const string StepName = "word-embedding";

    internal WordEmbeddingTransformer(IReadOnlyList<WordEmbedding> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static WordEmbeddingTransformer Load(ModelStepReader reader) =>
        new(LoadMappings(reader, (columns, section) => new WordEmbedding(columns, WordVectors.Load(section), section.Has("extremes") && section.GetBoolean("extremes"))));
}

/// <summary>The smallest, the mean and the largest number of the vectors of a row's words.</summary>
public sealed class WordEmbedding : ColumnMapping
{
    internal const string Expected = "a vector of String (TokenizeIntoWords makes one)";

    private readonly WordVectors _vectors;
    private readonly bool _hasExtremes;

    /// <param name="columns">The columns.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="hasExtremes">Whether, as in ML.NET, the smallest of no words at all is the largest number there is, and the largest the lowest; otherwise 0.</param>
    internal WordEmbedding(InputOutputColumnPair columns, WordVectors vectors, bool hasExtremes = false) : base(columns) => (_vectors, _hasExtremes) = (vectors, hasExtremes);

    protected internal override OutputColumn Bind(DataViewSchema.Column input) => input.Type is VectorDataViewType { ItemType: TextDataViewType }
        ? new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, 3 * _vectors.Dimension), null, [input.Index], () => LookUp(input.Index))
        : throw ColumnTypeException.Create(WordEmbeddingTransformer.StepName, input, Expected);

    private ColumnKernel LookUp(int source)
    {
        var result = new VectorColumn<float>(3 * _vectors.Dimension);
        return batch =>
        {
            var words = (TextVectorColumn)batch[source];
            Span<float> all = result.Resize(words.RowCount);
            for (int row = 0; row < words.RowCount; row++) SumUp(words, row, all.Slice(row * result.Size, result.Size));
            return result;
        };
    }

    private void SumUp(TextVectorColumn words, int row, Span<float> result)
    {
        int dimension = _vectors.Dimension, found = 0;
        Span<float> smallest = result[..dimension], mean = result.Slice(dimension, dimension), largest = result[(2 * dimension)..];
        result.Clear();
        for (int item = 0; item < words.LengthOf(row); item++)
        {
            if (!_vectors.TryGet(words[row, item], out ReadOnlySpan<float> vector)) continue;
            if (found++ == 0)
            {
                vector.CopyTo(smallest);
                vector.CopyTo(mean);
                vector.CopyTo(largest);
                continue;
            }
            TensorPrimitives.Min(smallest, vector, smallest);
            TensorPrimitives.Add(mean, vector, mean);
            TensorPrimitives.Max(largest, vector, largest);
        }
        if (found == 0 && _hasExtremes)
        {
            smallest.Fill(float.MaxValue);
            largest.Fill(float.MinValue);
        }
        if (found > 1) TensorPrimitives.Divide(mean, (float)found, mean);
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        _vectors.Save(writer);
        if (_hasExtremes) writer.Set("extremes", value: true);
    }
}
