using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Clips the outliers of a column, <see cref="float"/> or <see cref="double"/>, to the nearest number that is none, or says which items
/// are outliers. Each slot of a vector has fences of its own, by an <see cref="OutlierRule"/>. NaN and infinity are left out of
/// what is learned. NaN stays NaN and is no outlier; infinity is one. A slot without a spread has no outliers.
/// </summary>
public sealed class OutlierEstimator : OneToOneEstimator<OutlierTransformer>
{
    private readonly bool _isIndicator;
    private readonly OutlierRule _rule;
    private readonly double _threshold;
    private readonly long _maximumExampleCount;

    internal OutlierEstimator(TrainingEnvironment environment, string name, IReadOnlyList<InputOutputColumnPair> columns, bool isIndicator, OutlierRule rule, double? threshold, long maximumExampleCount)
        : base(environment, name, columns)
    {
        double limit = threshold ?? OutlierFences.DefaultThreshold(rule);
        if (!Enum.IsDefined(rule)) throw new ArgumentOutOfRangeException(nameof(rule), rule, "Expected InterquartileRange, StandardScore or RobustStandardScore.");
        if (!(limit > 0 && double.IsFinite(limit))) throw new ArgumentOutOfRangeException(nameof(threshold), limit, "Expected a number above 0.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumExampleCount);
        (_isIndicator, _rule, _threshold, _maximumExampleCount) = (isIndicator, rule, limit, maximumExampleCount);
    }

    protected override OutlierTransformer Fit(BatchView input)
    {
        DataViewSchema.Column[] columns = [.. Columns.Select(pair => input.Schema[pair.InputColumnName])];
        ISlotLearner[] learners = Array.ConvertAll(columns, column => OutlierFences.CreateLearner(_rule, column.Type is VectorDataViewType vector ? vector.Size : 1));
        SlotReading.Run(input, [.. columns.Select((column, i) => SlotReading.Create(column, learners[i], _maximumExampleCount))], Environment.CancellationToken);
        return new OutlierTransformer([.. columns.Select((column, i) =>
            OutlierMapping.Create(Columns[i], column.Type, OutlierFences.Learn(_rule, _threshold, learners[i]), _isIndicator))]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        bool isFloat = !input.IsKey && (input.ItemType.Equals(NumberDataViewType.Single) || input.ItemType.Equals(NumberDataViewType.Double));
        if (!isFloat || input.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw WrongType(input, "Single or Double, or a vector of these with a known size. Conversion.ConvertType makes them out of other types");
        return new(outputColumnName, input.Kind, _isIndicator ? BooleanDataViewType.Instance : input.ItemType, isKey: false,
            new SchemaShape(input.Annotations.Where(annotation => OutlierMapping.Keeps(annotation.Name, _isIndicator))));
    }
}
