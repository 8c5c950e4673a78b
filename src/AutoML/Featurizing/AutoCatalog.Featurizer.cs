namespace MLPipelines.AutoML;

public sealed partial class AutoCatalog
{
    /// <summary>
    /// Estimators that make one vector of the columns of a table. Columns that are named nowhere are used as their types and
    /// values suggest; identifiers and constants are left out.
    /// </summary>
    /// <param name="data">The table; it is read to see what columns hold.</param>
    /// <param name="outputColumnName">The vector of features that is made.</param>
    /// <param name="catelogicalColumns">Columns of categories.</param>
    /// <param name="numericColumns">Columns of numbers.</param>
    /// <param name="textColumns">Columns of written text.</param>
    /// <param name="imagePathColumns">Not supported; an exception says what to do instead.</param>
    /// <param name="excludeColumns">Columns that are no features, such as the label where it is not called <c>Label</c>.</param>
    public SweepablePipeline Featurizer(IDataView data, string outputColumnName = "Features", string[]? catelogicalColumns = null, string[]? numericColumns = null,
        string[]? textColumns = null, string[]? imagePathColumns = null, string[]? excludeColumns = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        string[] named = [.. catelogicalColumns ?? [], .. numericColumns ?? [], .. textColumns ?? [], .. imagePathColumns ?? [], .. excludeColumns ?? []];
        if (named.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new ArgumentException($"Column '{twice.Key}' is named for more than one use.");
        var information = new ColumnInformation();
        foreach (string name in catelogicalColumns ?? []) information.CategoricalColumnNames.Add(name);
        foreach (string name in numericColumns ?? []) information.NumericColumnNames.Add(name);
        foreach (string name in textColumns ?? []) information.TextColumnNames.Add(name);
        foreach (string name in imagePathColumns ?? []) information.ImagePathColumnNames.Add(name);
        foreach (string name in excludeColumns ?? []) information.IgnoredColumnNames.Add(name);
        return Featurizer(data, information, outputColumnName);
    }

    /// <inheritdoc cref="Featurizer(IDataView, string, string[], string[], string[], string[], string[])"/>
    /// <param name="data">The table; it is read to see what columns hold.</param>
    /// <param name="columnInformation">What columns are for.</param>
    /// <param name="outputColumnName">The vector of features that is made.</param>
    public SweepablePipeline Featurizer(IDataView data, ColumnInformation columnInformation, string outputColumnName = "Features")
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(columnInformation);
        var pipeline = new SweepablePipeline();
        foreach (SweepableEstimator step in FeaturizerSteps.For(Context, FeatureColumns.Of(data, columnInformation), outputColumnName)) pipeline = pipeline.Append([step]);
        return pipeline;
    }
}
