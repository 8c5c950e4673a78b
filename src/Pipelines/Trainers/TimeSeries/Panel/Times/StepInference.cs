namespace MLPipelines.TimeSeries;

/// <summary>Finds out how far the observations of a panel are apart: the distance that occurs most, by the calendar where it is one of months.</summary>
internal static class StepInference
{
    /// <param name="series">The times of each series, rising.</param>
    /// <param name="text">How times are written.</param>
    internal static TimeAxis Infer(IReadOnlyList<long[]> series, TimeText text)
    {
        var distances = new Dictionary<long, long>();
        foreach (long[] times in series)
        {
            for (int i = 1; i < times.Length; i++)
                if (times[i] > times[i - 1]) distances[times[i] - times[i - 1]] = distances.GetValueOrDefault(times[i] - times[i - 1]) + 1;
        }
        long usual = Usual(distances);
        if (!text.IsDate) return new TimeAxis(new TimeStep(TimeUnit.Step, Math.Max(usual, 1)), 0, text);
        if (usual == 0) return new TimeAxis(new TimeStep(TimeUnit.Day, 1), 0, text);
        // The shortest month has 28 days; four weeks are told from it by months that are missed.
        if (usual >= 28 * TimeSpan.TicksPerDay && ByCalendar(series) is { } step) return new TimeAxis(step, DayOf(series), text);
        if (usual == TimeSpan.TicksPerDay && IsWithoutWeekends(series)) return new TimeAxis(new TimeStep(TimeUnit.BusinessDay, 1), 0, text);
        return new TimeAxis(TimeStep.OfTicks(usual), 0, text);
    }

    /// <summary>The distance that occurs most, the least of several; 0 without any.</summary>
    private static long Usual(Dictionary<long, long> distances) =>
        distances.Count == 0 ? 0 : distances.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;

    /// <summary>The step in months, where no month has two observations and the days of the month are the same, or the last ones.</summary>
    private static TimeStep? ByCalendar(IReadOnlyList<long[]> series)
    {
        var months = new Dictionary<long, long>();
        int least = 31, most = 1;
        bool areLast = true;
        foreach (long[] times in series)
        {
            for (int i = 0; i < times.Length; i++)
            {
                var date = new DateTime(times[i]);
                (least, most) = (Math.Min(least, date.Day), Math.Max(most, date.Day));
                areLast &= date.Day == DateTime.DaysInMonth(date.Year, date.Month);
                if (i == 0 || times[i] == times[i - 1]) continue;
                long distance = TimeAxis.MonthOf(times[i]) - TimeAxis.MonthOf(times[i - 1]);
                if (distance == 0) return null;
                months[distance] = months.GetValueOrDefault(distance) + 1;
            }
        }
        // A day such as the 30th is cut in February only.
        return least == most || areLast || (least >= 28 && most - least <= 3) ? TimeStep.OfMonths(Usual(months)) : null;
    }

    private static int DayOf(IReadOnlyList<long[]> series)
    {
        bool areLast = series.SelectMany(times => times).All(time => new DateTime(time) is var date && date.Day == DateTime.DaysInMonth(date.Year, date.Month));
        return areLast ? 31 : series.SelectMany(times => times).Max(time => new DateTime(time).Day);
    }

    private static bool IsWithoutWeekends(IReadOnlyList<long[]> series)
    {
        long count = 0;
        foreach (long[] times in series)
        {
            foreach (long time in times)
                if (TimeAxis.IsWeekend(time)) return false;
            count = Math.Max(count, times.Length);
        }
        // Fewer than that may be a week of a business that never closes.
        return count > 5;
    }
}
