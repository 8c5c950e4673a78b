using MLPipelines.Testing;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Forecasting;

public sealed class SeriesForecastingContract : EstimatorContract
{
    protected override string[] RequiredColumns => ["Sales", "Time", "Shop", "Price"];

    protected override bool IsTrainer => true;

    // No row at all is a table without a series; of equal rows the times are duplicates.
    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.NoRows or EdgeCase.Infinity ? EdgeOutcome.Throws : EdgeOutcome.Works;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => Create(context, null);

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => Create(context, numberOfThreads);

    private static SeriesForecastingEstimator Create(MLContext context, int? threads) => context.Forecasting.ForecastBy(new SeasonalNaiveMethod(), new SeriesForecastingOptions
    {
        Panel = new PanelOptions { ValueColumn = "Sales", TimeColumn = "Time", SeriesColumn = "Shop", CovariateColumns = ["Price"], Duplicates = DuplicateHandling.Last, Gaps = GapHandling.Interpolate },
        Horizon = 3,
        ConfidenceLowerBoundColumn = "Lower",
        ConfidenceUpperBoundColumn = "Upper",
        ConfidenceLevel = 0.9f,
        Calendar = CalendarFeatures.DayOfWeek,
        NumberOfThreads = threads,
    });

    protected override IDataView CreateData(MLContext context)
    {
        const int Days = 40;
        string[] shops = ["Oslo", "Bergen", "Ålesund"];
        var random = new Random(3);
        int rows = Days * shops.Length;
        float[] price = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(8, 12))];
        return new MemoryView()
            .Add("Time", [.. Enumerable.Range(0, rows).Select(i => new DateTime(2024, 1, 1).AddDays(i / shops.Length))])
            .AddText("Shop", [.. Enumerable.Range(0, rows).Select(i => shops[i % shops.Length])])
            .Add("Price", price)
            .Add("Sales", [.. Enumerable.Range(0, rows).Select(i => 100f + (10 * (i / shops.Length % 7)) - (3 * price[i]) + random.NextSingle())]);
    }

    protected override IDataView CreateDataOfWrongType(MLContext context)
    {
        MemoryView data = MemoryView.Copy(CreateData(context));
        return data.Without("Shop").Add("Shop", [.. Enumerable.Range(0, 120).Select(i => (float)i)]);
    }
}
