using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Makes numbers of dates and times; see <see cref="DateTimeFeaturizingEstimator"/>.</summary>
public sealed class DateTimeFeaturizingTransformer : OneToOneTransformer<DateTimeFeatures>
{
    internal const string StepName = "featurize-date-time";

    internal DateTimeFeaturizingTransformer(IReadOnlyList<DateTimeFeatures> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static DateTimeFeaturizingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, (columns, _) => new DateTimeFeatures(columns)));
}

/// <summary>Makes numbers of the dates of one column.</summary>
public sealed class DateTimeFeatures : ColumnMapping
{
    internal const string Expected = "DateTime or DateTimeOffset";

    private static readonly string[] Names = ["Year", "Month", "Day", "DayOfWeek", "Hour", "DaysSinceEpoch"];

    internal DateTimeFeatures(InputOutputColumnPair columns) : base(columns) { }

    internal static bool IsTime(DataViewType type) => type is DateTimeDataViewType or DateTimeOffsetDataViewType;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (!IsTime(input.Type)) throw ColumnTypeException.Create(DateTimeFeaturizingTransformer.StepName, input, Expected);
        return new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Names.Length), ColumnAnnotations.WithSlotNames(Names), [input.Index],
            () => input.Type is DateTimeDataViewType ? Kernel<DateTime>(input.Index, time => time) : Kernel<DateTimeOffset>(input.Index, time => time.DateTime));
    }

    private static ColumnKernel Kernel<T>(int source, Func<T, DateTime> clock)
    {
        var result = new VectorColumn<float>(Names.Length);
        return batch =>
        {
            var times = ((ValueColumn<T>)batch[source]).Values;
            Span<float> numbers = result.Resize(times.Length);
            for (int row = 0; row < times.Length; row++) Write(clock(times[row]), numbers.Slice(row * Names.Length, Names.Length));
            return result;
        };
    }

    private static void Write(DateTime time, Span<float> numbers)
    {
        if (time == default)
        {
            numbers.Fill(float.NaN);
            return;
        }
        numbers[0] = time.Year;
        numbers[1] = time.Month;
        numbers[2] = time.Day;
        numbers[3] = (int)time.DayOfWeek;
        numbers[4] = (float)time.TimeOfDay.TotalHours;
        numbers[5] = (float)(time - DateTime.UnixEpoch).TotalDays;
    }
}
