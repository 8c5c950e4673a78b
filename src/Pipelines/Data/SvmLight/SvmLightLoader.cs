namespace MLPipelines.Data;

/// <summary>
/// Loads files in the format of SVM-light (T. Joachims, 1999): a row is a label, then items <c>index:value</c> for the features that are not
/// 0, with white space between. <c>cost:0.5</c> is the weight of the row, <c>qid:7</c> the group that it belongs to, <c>sid:</c> is left out; what
/// follows a <c>#</c> is a comment. Blank rows and rows that are only a comment are skipped.
/// <para>
/// Columns: <c>Label</c> and <c>Weight</c> (1 where it is not given), single precision; <c>GroupId</c>, a key that is qid + 1, missing where there is
/// none or it is negative; <c>Comment</c>, text; <c>Features</c>, a sparse vector of single precision. Features beyond its size, or with
/// names that the sample does not have, are left out, so that later data may have more of them.
/// </para>
/// <para>
/// Errors name the file and the row: a label or value that is no number (ML.NET reads such a label as NaN and leaves out such a value), an
/// item without a colon, an index that is no number, is 0 where they start at 1, or comes twice in a row.
/// </para>
/// </summary>
public sealed class SvmLightLoader : IDataLoader<IMultiStreamSource>
{
    internal const int Label = 0, Weight = 1, GroupId = 2, Comment = 3, Features = 4;

    private readonly DataViewSchema _schema;

    internal SvmLightLoader(TrainingEnvironment environment, FeatureIndices indices, int inputSize, long? numberOfRows, IMultiStreamSource? dataSample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputSize);
        if (inputSize == 0 && dataSample is not { Count: > 0 })
            throw new ArgumentException("How many features there are is not known: give inputSize, or a sample of the data (dataSample).", nameof(dataSample));
        (Environment, Indices) = (environment, indices);
        if (indices == FeatureIndices.Names) Names = [];
        var sample = new SvmLightSample(indices, Names);
        if (inputSize == 0) sample.Read(dataSample!, numberOfRows ?? long.MaxValue);
        FeatureCount = inputSize > 0 ? inputSize : sample.FeatureCount;
        _schema = CreateSchema();
    }

    internal TrainingEnvironment Environment { get; }

    internal FeatureIndices Indices { get; }

    internal int FeatureCount { get; }

    /// <summary>The index of each feature by its name, where features have names.</summary>
    internal Dictionary<string, int>? Names { get; }

    public DataViewSchema GetOutputSchema() => _schema;

    public IDataView Load(IMultiStreamSource input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new SvmLightView(this, input);
    }

    private DataViewSchema CreateSchema()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(nameof(Label), NumberDataViewType.Single);
        schema.AddColumn(nameof(Weight), NumberDataViewType.Single);
        schema.AddColumn(nameof(GroupId), new KeyDataViewType(typeof(ulong), ulong.MaxValue - 1));
        schema.AddColumn(nameof(Comment), TextDataViewType.Instance);
        schema.AddColumn(nameof(Features), new VectorDataViewType(NumberDataViewType.Single, FeatureCount),
            Names is null ? null : ColumnAnnotations.WithSlotNames([.. Names.OrderBy(name => name.Value).Select(name => name.Key)]));
        return schema.ToSchema();
    }

    /// <summary>What stands before the colon of a feature.</summary>
    internal enum FeatureIndices
    {
        ZeroBased,
        OneBased,
        Names,
    }
}
