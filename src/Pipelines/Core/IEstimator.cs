namespace MLPipelines;

/// <summary>Learns from data and yields a transformer. Neither the estimator nor the data changes.</summary>
public interface IEstimator<out TTransformer> where TTransformer : ITransformer
{
    /// <summary>Learns from the data.</summary>
    TTransformer Fit(IDataView input);

    /// <summary>What the output will look like, before any data is read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of another type than needed.</exception>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

/// <summary>Turns one view into another. Immutable, and safe to use from many threads.</summary>
public interface ITransformer
{
    /// <summary>Whether each output row depends on its input row alone.</summary>
    bool IsRowToRowMapper { get; }

    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    /// <summary>The transformed view; nothing is computed until it is read.</summary>
    IDataView Transform(IDataView input);
}
