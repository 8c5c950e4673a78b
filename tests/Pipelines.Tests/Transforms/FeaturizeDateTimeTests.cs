using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class FeaturizeDateTimeTests
{
    [Fact]
    public void A_date_becomes_six_numbers()
    {
        var data = new MemoryView().Add("When", new DateTime(2024, 2, 29, 18, 30, 0), new DateTime(1969, 12, 31), default);
        IDataView result = new MLContext().Transforms.FeaturizeDateTime("F", "When").Fit(data).Transform(data);
        // date -d '2024-02-29 18:30 UTC' '+%w %s': 4 1709231400, and 1709231400 / 86400 = 19782.7708
        float[][] rows = ViewContents.Vectors<float>(result, "F");
        Assert.Equal([2024, 2, 29, 4, 18.5f, 19782.7708f], rows[0]);
        Assert.Equal([1969, 12, 31, 3, 0, -1], rows[1]);
        Assert.All(rows[2], number => Assert.Equal(float.NaN, number));
        Assert.Equal(["Year", "Month", "Day", "DayOfWeek", "Hour", "DaysSinceEpoch"], ViewContents.SlotNames(result, "F"));
    }

    [Fact]
    public void A_time_with_an_offset_is_what_its_clock_shows()
    {
        var data = new MemoryView().Add("When", new DateTimeOffset(2024, 1, 1, 0, 15, 0, TimeSpan.FromHours(9)));
        float[] row = ViewContents.Vectors<float>(new MLContext().Transforms.FeaturizeDateTime("When").Fit(data).Transform(data), "When")[0];
        Assert.Equal([2024, 1, 1, 1, 0.25f], row[..5]);
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["When", "Stamp"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.FeaturizeDateTime([new("F", "When"), new("Stamp")]);

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .Add("When", new DateTime(2024, 2, 29, 18, 30, 0), new DateTime(1999, 12, 31), new DateTime(2031, 7, 4))
            .Add("Stamp", new DateTimeOffset(2024, 1, 1, 0, 15, 0, TimeSpan.FromHours(9)), new DateTimeOffset(2012, 5, 6, 7, 8, 9, TimeSpan.FromHours(-3)), new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("When").Add("When", 1f, 2, 3);
    }
}
