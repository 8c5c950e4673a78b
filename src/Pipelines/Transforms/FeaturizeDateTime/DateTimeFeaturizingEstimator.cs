using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Makes a vector of six numbers of a <see cref="DateTime"/> or <see cref="DateTimeOffset"/>: <c>Year</c>, <c>Month</c> (1 to
/// 12), <c>Day</c> (1 to 31), <c>DayOfWeek</c> (0 for Sunday to 6), <c>Hour</c> (with its fraction, 0 to below 24) and
/// <c>DaysSinceEpoch</c> (since the first of January 1970, with their fraction). A time with an offset is taken as its clock
/// shows it. A missing date, which is the first of January of the year 1, has NaN in all slots. Nothing is learned.
/// <para>ML.NET's transform of this name makes a column per part, needs a native library and names more parts.</para>
/// </summary>
public sealed class DateTimeFeaturizingEstimator : OneToOneEstimator<DateTimeFeaturizingTransformer>
{
    internal DateTimeFeaturizingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns)
        : base(environment, "FeaturizeDateTime", columns) { }

    protected override DateTimeFeaturizingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new DateTimeFeatures(pair))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.Kind != SchemaShape.Column.VectorKind.Scalar || !DateTimeFeatures.IsTime(input.ItemType)) throw WrongType(input, DateTimeFeatures.Expected);
        var names = new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        return new(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, new SchemaShape([names]));
    }
}
