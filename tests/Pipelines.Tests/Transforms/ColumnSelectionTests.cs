using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class ColumnSelectionTests
{
    private readonly MLContext _context = new(seed: 1);

    // The data of ML.NET's sample SelectColumns.cs.
    private static MemoryView People() => new MemoryView()
        .Add("Age", 21, 23, 28).AddText("Gender", "Male", "Female", "Male").AddText("Education", "BS", "MBA", "PhD").Add("ExtraColumn", 1f, 2, 3);

    [Fact]
    public void Selected_columns_come_in_the_order_given()
    {
        MemoryView data = People();
        IDataView result = _context.Transforms.SelectColumns("Education", "Age").Fit(data).Transform(data);
        Assert.Equal(["Education", "Age"], result.Schema.Select(c => c.Name));
        Assert.Equal([21, 23, 28], ViewContents.Values<int>(result, "Age"));
        Assert.Equal(["BS", "MBA", "PhD"], ViewContents.Texts(result, "Education"));
    }

    [Fact]
    public void Dropped_columns_are_gone_and_the_others_stay_in_order()
    {
        MemoryView data = People();
        IDataView result = _context.Transforms.DropColumns("Gender", "ExtraColumn").Fit(data).Transform(data);
        Assert.Equal(["Age", "Education"], result.Schema.Select(c => c.Name));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Hidden_columns_are_kept_on_request(bool keepHidden, int expected)
    {
        MemoryView data = People();
        IDataView replaced = _context.Transforms.Conversion.ConvertType("Age").Fit(data).Transform(data);
        IDataView result = _context.Transforms.SelectColumns(["Age"], keepHidden).Fit(replaced).Transform(replaced);
        Assert.Equal(expected, result.Schema.Count);
        Assert.Equal([21f, 23, 28], ViewContents.Values<float>(result, "Age"));
    }

    [Fact]
    public void A_copy_has_the_values_and_annotations_of_the_column()
    {
        var data = new MemoryView().AddKeys("Label", [2, 1, 0], "yes", "no").AddVectors("V", [[1f, 2], [3, 4], [5, 6]], ["a", "b"]);
        IDataView result = _context.Transforms.CopyColumns("Copy", "Label").Append(_context.Transforms.CopyColumns("W", "V")).Fit(data).Transform(data);
        Assert.Equal([2u, 1, 0], ViewContents.Values<uint>(result, "Copy"));
        Assert.Equal(["yes", "no"], ViewContents.KeyTexts(result, "Copy"));
        Assert.Equal(["a", "b"], ViewContents.SlotNames(result, "W"));
        Assert.Equal(data.Schema["Label"].Type, result.Schema["Copy"].Type);
    }

    public sealed class CopyContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Age"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.CopyColumns("Copy", "Age");

        protected override IDataView CreateData(MLContext context) => People();
    }

    public sealed class SelectContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Gender", "Age"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.SelectColumns("Gender", "Age");

        protected override IDataView CreateData(MLContext context) => People();
    }

    public sealed class DropContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Gender"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.DropColumns("Gender");

        protected override IDataView CreateData(MLContext context) => People();
    }
}
