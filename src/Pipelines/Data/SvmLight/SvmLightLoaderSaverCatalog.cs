namespace MLPipelines.Data;

/// <summary>Loading and saving files in the format of SVM-light, which <see cref="SvmLightLoader"/> describes.</summary>
public static class SvmLightLoaderSaverCatalog
{
    /// <summary>A loader of files whose features are given by index.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="numberOfRows">How many rows of the sample to look at; <see langword="null"/> for all.</param>
    /// <param name="inputSize">The number of features; 0 to take the highest index of the sample.</param>
    /// <param name="zeroBased">Whether indices start at 0 rather than 1.</param>
    /// <param name="dataSample">Data to find the number of features in; needed when <paramref name="inputSize"/> is 0.</param>
    public static SvmLightLoader CreateSvmLightLoader(this DataOperationsCatalog catalog, long? numberOfRows = null, int inputSize = 0, bool zeroBased = false, IMultiStreamSource? dataSample = null) =>
        new(catalog.Environment, zeroBased ? SvmLightLoader.FeatureIndices.ZeroBased : SvmLightLoader.FeatureIndices.OneBased, inputSize, numberOfRows, dataSample);

    /// <summary>A loader of files whose features are given by name; the names become the slot names of <c>Features</c>.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="numberOfRows">How many rows of the sample to look at; <see langword="null"/> for all.</param>
    /// <param name="dataSample">Data to find the names in.</param>
    public static SvmLightLoader CreateSvmLightLoaderWithFeatureNames(this DataOperationsCatalog catalog, long? numberOfRows = null, IMultiStreamSource? dataSample = null) =>
        new(catalog.Environment, SvmLightLoader.FeatureIndices.Names, 0, numberOfRows, dataSample);

    /// <summary>A view of files whose features are given by index.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">A file, or several: see <see cref="MultiFileSource"/>.</param>
    /// <param name="numberOfRows">How many rows to look at to find the number of features; <see langword="null"/> for all.</param>
    /// <param name="inputSize">The number of features; 0 to take the highest index.</param>
    /// <param name="zeroBased">Whether indices start at 0 rather than 1.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromSvmLightFile(this DataOperationsCatalog catalog, string path, long? numberOfRows = null, int inputSize = 0, bool zeroBased = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new MultiFileSource(path);
        return catalog.CreateSvmLightLoader(numberOfRows, inputSize, zeroBased, file).Load(file);
    }

    /// <summary>A view of files whose features are given by name.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">A file, or several: see <see cref="MultiFileSource"/>.</param>
    /// <param name="numberOfRows">How many rows to look at to find the names; <see langword="null"/> for all.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromSvmLightFileWithFeatureNames(this DataOperationsCatalog catalog, string path, long? numberOfRows = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new MultiFileSource(path);
        return catalog.CreateSvmLightLoaderWithFeatureNames(numberOfRows, file).Load(file);
    }

    /// <summary>Writes the label, the features, and if they are named the group and the weight of each row; other columns are left out.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The rows.</param>
    /// <param name="stream">Where to write; it is left open.</param>
    /// <param name="zeroBasedIndexing">Whether indices start at 0 rather than 1.</param>
    /// <param name="binaryLabel">Whether to write labels above 0 as 1, others as −1, and missing ones as 0.</param>
    /// <param name="labelColumnName">The label: single precision.</param>
    /// <param name="featureColumnName">The features: a vector of single precision.</param>
    /// <param name="rowGroupColumnName">The group: a key. Key k is written as qid k − 1.</param>
    /// <param name="exampleWeightColumnName">The weight: single precision.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of another type.</exception>
    public static void SaveInSvmLightFormat(this DataOperationsCatalog catalog, IDataView data, Stream stream, bool zeroBasedIndexing = false, bool binaryLabel = false,
        string labelColumnName = "Label", string featureColumnName = "Features", string? rowGroupColumnName = null, string? exampleWeightColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(stream);
        SvmLightSaver.Save(BatchView.Of(data), stream, zeroBasedIndexing, binaryLabel, labelColumnName, featureColumnName, rowGroupColumnName, exampleWeightColumnName);
    }
}
