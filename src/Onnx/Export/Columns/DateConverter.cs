using MLPipelines.Data;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Columns;

/// <summary>
/// Dates as numbers. ONNX has no type for dates: a graph takes them as microseconds since 1970-01-01, as NumPy's <c>datetime64[us]</c> has them; what is at or
/// before the beginning of the year 1 is missing.
/// </summary>
internal static class DateConverter
{
    /// <summary>The microseconds of a date, as a graph takes it.</summary>
    internal static long MicrosecondsOf(DateTime date) => (date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Year, month, day, day of the week, hour with its fraction, and days since 1970-01-01.</summary>
    /// <remarks>The calendar is counted in eras of 400 years that begin in March: then the day that leap years have more is the last one. (Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013.)</remarks>
    internal static void Featurize(StepExport step) => step.SetEach((time, input, _) =>
    {
        if (input.Type is not DateTimeDataViewType) throw new NotExportableException($"ONNX has no type for {input.Type}");
        GraphBuilder graph = step.Graph;
        GraphValue Whole(long number) => graph.Scalar(number);
        GraphValue Over(GraphValue a, long b) => graph.Divide(a, Whole(b));
        GraphValue Times(GraphValue a, long b) => graph.Multiply(a, Whole(b));
        GraphValue Less(GraphValue a, GraphValue b) => graph.Subtract(a, b);
        GraphValue Single(GraphValue a) => graph.Cast(a, TensorType.Float);

        long start = MicrosecondsOf(default), day = TimeSpan.MicrosecondsPerDay;
        // From here on nothing is below 0, so that whole numbers are divided downwards.
        GraphValue since = graph.Max(Less(time, Whole(start)), Whole(0));
        GraphValue days = Over(since, day), ofDay = Less(since, Times(days, day));
        // The first of March of the year 0 is 306 days before the year 1.
        GraphValue march = graph.Add(days, Whole(306)), era = Over(march, 146097), dayOfEra = Less(march, Times(era, 146097));
        GraphValue yearOfEra = Over(Less(graph.Add(Less(dayOfEra, Over(dayOfEra, 1460)), Over(dayOfEra, 36524)), Over(dayOfEra, 146096)), 365);
        GraphValue dayOfYear = Less(dayOfEra, Less(graph.Add(Times(yearOfEra, 365), Over(yearOfEra, 4)), Over(yearOfEra, 100)));
        GraphValue month = Over(graph.Add(Times(dayOfYear, 5), Whole(2)), 153);
        GraphValue dayOfMonth = graph.Add(Less(dayOfYear, Over(graph.Add(Times(month, 153), Whole(2)), 5)), Whole(1));
        GraphValue isNextYear = graph.Greater(month, Whole(9));
        GraphValue year = graph.Add(graph.Add(yearOfEra, Times(era, 400)), graph.Cast(isNextYear, TensorType.Int64));
        // The first day of the year 1 was a Monday.
        GraphValue weekday = graph.Add(days, Whole(1));
        GraphValue hours = graph.Divide(graph.Cast(ofDay, TensorType.Double), graph.Scalar((double)TimeSpan.MicrosecondsPerHour));
        GraphValue elapsed = graph.Divide(graph.Cast(time, TensorType.Double), graph.Scalar((double)day));
        GraphValue features = graph.Concat(
        [
            Single(year), Single(graph.Where(isNextYear, Less(month, Whole(9)), graph.Add(month, Whole(3)))), Single(dayOfMonth),
            Single(Less(weekday, Times(Over(weekday, 7), 7))), Single(hours), Single(elapsed),
        ]);
        return graph.Where(graph.Greater(time, Whole(start)), features, graph.Scalar(float.NaN));
    });
}
