using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines;

public static partial class TimeSeriesCatalog
{
    /// <summary>
    /// Finds after how many points a series repeats itself, by its periodogram and its autocorrelation. A period is from 2 to 400 points long,
    /// and the series has it at least 8 times.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="input">The data, oldest row first.</param>
    /// <param name="inputColumnName">The series, <see cref="double"/>.</param>
    /// <param name="seasonalityWindowSize">How many rows are looked at, from the first on; -1 for all.</param>
    /// <param name="randomnessThreshold">How sure it must be that the likeness of the periods is not chance; from 0 to 1.</param>
    /// <returns>The period; -1 when there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is absent or not <see cref="double"/>, or a number is out of its range.</exception>
    /// <exception cref="MLPipelinesException">A value is not finite.</exception>
    public static int DetectSeasonality(this AnomalyDetectionCatalog catalog, IDataView input, string inputColumnName,
        int seasonalityWindowSize = -1, double randomnessThreshold = 0.95)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        if (seasonalityWindowSize is 0 or < -1) throw new ArgumentOutOfRangeException(nameof(seasonalityWindowSize), seasonalityWindowSize, "Expected -1 for all rows, or a number of rows.");
        if (!(randomnessThreshold is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(randomnessThreshold), randomnessThreshold, "Expected a number from 0 to 1.");
        DataViewSchema.Column column = SeriesColumn.Require(input.Schema, inputColumnName, nameof(DetectSeasonality), NumberDataViewType.Double);
        int wanted = seasonalityWindowSize == -1 ? int.MaxValue : seasonalityWindowSize;
        List<double> values = [];
        using BatchCursor cursor = BatchView.Of(input).OpenBatches(ColumnSet.Of(input.Schema, column));
        while (values.Count < wanted && cursor.Next() is { } batch)
            values.AddRange(SeriesColumn.ReadFinite(batch, column, 0, Math.Min(wanted - values.Count, batch.RowCount), nameof(DetectSeasonality)));
        return SeasonalityDetector.Detect(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values), randomnessThreshold);
    }
}
