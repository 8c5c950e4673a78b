using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Learns which n-grams (sequences of consecutive keys, or of keys with gaps) a column of key vectors has, and counts them: a sparse vector
/// of <see cref="float"/> with one slot per n-gram, in the order of their first occurrence. One pass over the data; memory
/// grows with the number of different n-grams.
/// </summary>
public sealed class NgramExtractingEstimator : IEstimator<NgramExtractingTransformer>
{
    private readonly InputOutputColumnPair _columns;
    private readonly NgramShape _shape;
    private readonly WeightingCriteria _weighting;

    internal NgramExtractingEstimator(
        string outputColumnName, string? inputColumnName, int ngramLength, int skipLength, bool useAllLengths, int maximumNgramsCount, WeightingCriteria weighting)
    {
        NgramWeights.Check(weighting);
        _columns = new InputOutputColumnPair(outputColumnName, inputColumnName);
        _shape = NgramShape.Create(ngramLength, skipLength, useAllLengths, maximumNgramsCount);
        _weighting = weighting;
    }

    /// <summary>What the value of an n-gram in a text is.</summary>
    public enum WeightingCriteria
    {
        /// <summary>Term frequency: how often the text has the n-gram.</summary>
        Tf = 0,

        /// <summary>Inverse document frequency: ln(number of texts / number of texts with the n-gram), if the text has it.</summary>
        Idf = 1,

        /// <summary>The product of both.</summary>
        TfIdf = 2,
    }

    /// <exception cref="MLPipelinesException">The data has no n-gram of the lengths asked for.</exception>
    public NgramExtractingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        BatchView view = BatchView.Of(input);
        DataViewSchema.Column source = KeyReader.Require(view.Schema, _columns.InputColumnName, NgramExtractingTransformer.Id);
        KeyReader reader = KeyReader.For(source.Type);
        var learner = new NgramLearner(_shape, _weighting);
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, source));
        while (cursor.Next() is { } batch)
            for (int row = 0; row < batch.RowCount; row++) learner.Add(reader.Read(batch[source.Index], row));
        if (learner.Map.Count == 0)
        {
            throw new MLPipelinesException($"{NgramExtractingTransformer.Id}: column '{_columns.InputColumnName}' has no n-gram of length {_shape.NgramLength}"
                + (_shape.UseAllLengths ? " or shorter" : "") + ": there is nothing to learn from.");
        }
        return new NgramExtractingTransformer(_columns, _shape, learner.Map, learner.Weights());
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column column = KeyReader.Require(inputSchema, _columns.InputColumnName, NgramExtractingTransformer.Id);
        return inputSchema.With(new SchemaShape.Column(_columns.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            column.HasKeyValues ? NgramNames.Shape : null));
    }

    internal static class Defaults
    {
        internal const int NgramLength = 2;
        internal const bool UseAllLengths = true;
        internal const int SkipLength = 0;
        internal const int MaximumNgramsCount = 10_000_000;
        internal const WeightingCriteria Weighting = WeightingCriteria.Tf;
    }
}
