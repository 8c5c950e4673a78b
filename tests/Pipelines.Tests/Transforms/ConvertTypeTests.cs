using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class ConvertTypeTests
{
    private readonly MLContext _context = new(seed: 1);

    private IDataView Convert(MemoryView data, DataKind kind) => _context.Transforms.Conversion.ConvertType("To", "From", kind).Fit(data).Transform(data);

    [Fact]
    public void Truth_values_become_one_and_zero()
    {
        // The numbers of ML.NET's sample ConvertType.cs.
        IDataView result = Convert(new MemoryView().Add("From", true, false, true, false, false), DataKind.Int32);
        Assert.Equal([1, 0, 1, 0, 0], ViewContents.Values<int>(result, "To"));
        Assert.True(result.Schema["To"].IsNormalized());
    }

    [Fact]
    public void Numbers_are_cut_towards_zero_and_kept_in_range()
    {
        IDataView result = Convert(new MemoryView().Add("From", 1.9, -1.9, 1e10, double.NaN), DataKind.Int32);
        Assert.Equal([1, -1, int.MaxValue, 0], ViewContents.Values<int>(result, "To"));
        Assert.Equal([0, 200, 255], ViewContents.Values<byte>(Convert(new MemoryView().Add("From", -5, 200, 300), DataKind.Byte), "To"));
        Assert.Equal([16777217.0, -3], ViewContents.Values<double>(Convert(new MemoryView().Add("From", 16777217L, -3), DataKind.Double), "To"));
    }

    [Fact]
    public void Text_that_is_no_number_is_missing_as_floating_point()
    {
        IDataView result = Convert(new MemoryView().AddText("From", "1.5", "-2e3", "", "abc", "1,5", " 7 "), DataKind.Single);
        Assert.Equal([1.5f, -2000, float.NaN, float.NaN, float.NaN, 7], ViewContents.Values<float>(result, "To"));
    }

    [Fact]
    public void Text_that_is_no_integer_is_an_error_that_says_where()
    {
        Assert.Equal([12, 0, -3], ViewContents.Values<int>(Convert(new MemoryView().AddText("From", "12", "", "-3"), DataKind.Int32), "To"));
        IDataView result = Convert(new MemoryView(batchSize: 1).AddText("From", "12", "12.5"), DataKind.Int32);
        var error = Assert.Throws<MLPipelinesException>(() => ViewContents.Values<int>(result, "To"));
        Assert.Equal("ConvertType: row 1, column 'From': found \"12.5\", expected text that reads as Int32.", error.Message);
    }

    [Fact]
    public void Text_reads_as_truth_and_time()
    {
        Assert.Equal([true, false, true, false, false], ViewContents.Values<bool>(Convert(new MemoryView().AddText("From", "True", "no", "1", "", "FALSE"), DataKind.Boolean), "To"));
        Assert.Equal([new DateTime(2026, 2, 3, 4, 5, 6), default], ViewContents.Values<DateTime>(Convert(new MemoryView().AddText("From", "2026-02-03T04:05:06", ""), DataKind.DateTime), "To"));
        IDataView wrong = Convert(new MemoryView().AddText("From", "perhaps"), DataKind.Boolean);
        Assert.Contains("found \"perhaps\"", Assert.Throws<MLPipelinesException>(() => ViewContents.Values<bool>(wrong, "To")).Message);
    }

    [Fact]
    public void Numbers_and_text_turn_into_each_other_without_loss()
    {
        float[] numbers = [0.1f, -1 / 3f, 1e-38f, float.MaxValue, 16777216, float.NaN];
        IDataView text = Convert(new MemoryView().Add("From", numbers), DataKind.String);
        Assert.Equal("0.1", ViewContents.Texts(text, "To")[0]);
        Assert.Equal("", ViewContents.Texts(text, "To")[^1]);
        IDataView back = _context.Transforms.Conversion.ConvertType("Back", "To").Fit(text).Transform(text);
        Assert.Equal(numbers, ViewContents.Values<float>(back, "Back"));
        Assert.Equal(["True", "False"], ViewContents.Texts(Convert(new MemoryView().Add("From", true, false), DataKind.String), "To"));
    }

    [Fact]
    public void Keys_stay_keys_as_unsigned_integers_and_are_missing_as_NaN()
    {
        MemoryView data = new MemoryView().AddKeys("From", [2, 0, 1], "no", "yes");
        IDataView bytes = Convert(data, DataKind.Byte);
        Assert.Equal([2, 0, 1], ViewContents.Values<byte>(bytes, "To"));
        Assert.Equal(["no", "yes"], ViewContents.KeyTexts(bytes, "To"));
        Assert.Equal([2f, float.NaN, 1], ViewContents.Values<float>(Convert(data, DataKind.Single), "To"));
        Assert.Equal(["2", "", "1"], ViewContents.Texts(Convert(data, DataKind.String), "To"));
    }

    [Fact]
    public void Sparse_vectors_stay_sparse()
    {
        var view = BatchView.Of(Convert(new MemoryView().AddSparse("From", [[0, 2, 0], [0, 0, 0]]), DataKind.Single));
        var result = (VectorColumn<float>)view.ReadColumns(view.Schema["To"].Index)[0];
        Assert.False(result.IsDense);
        Assert.Equal([2f], result.Values.ToArray());
    }

    [Fact]
    public void Every_pair_of_numbers_converts()
    {
        foreach (DataKind from in Enum.GetValues<DataKind>().Where(kind => kind <= DataKind.Double))
        {
            IDataView source = Convert(new MemoryView().Add("From", 1f, 100, 0), from);
            foreach (DataKind to in Enum.GetValues<DataKind>().Where(kind => kind <= DataKind.Double))
            {
                IDataView there = _context.Transforms.Conversion.ConvertType("There", "To", to).Fit(source).Transform(source);
                IDataView back = _context.Transforms.Conversion.ConvertType("Back", "There").Fit(there).Transform(there);
                Assert.Equal([1f, 100, 0], ViewContents.Values<float>(back, "Back"));
            }
        }
    }

    [Fact]
    public void Times_are_ticks_as_numbers_and_ISO_as_text()
    {
        var time = new DateTime(2026, 2, 3, 4, 5, 6);
        Assert.Equal([time.Ticks], ViewContents.Values<long>(Convert(new MemoryView().Add("From", time), DataKind.Int64), "To"));
        Assert.Equal(["2026-02-03T04:05:06.0000000"], ViewContents.Texts(Convert(new MemoryView().Add("From", time), DataKind.String), "To"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Convert(new MemoryView().Add("From", time), DataKind.Boolean));
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Text", "Whole", "Key", "Flags"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Conversion.ConvertType([new("TextNumber", "Text"), new("Whole"), new("KeyNumber", "Key"), new("Flags")]);

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .AddText("Text", "1", "2.5", "-7").Add("Whole", 1L, 2, 3).AddKeys("Key", [2, 1, 1], "a", "b").AddVectors("Flags", [[true, false], [false, false], [true, true]], ["p", "q"]);
    }

    public sealed class ToTextContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Number", "Sparse", "Time"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.Conversion.ConvertType([new("Number"), new("Sparse"), new("Time")], DataKind.String);

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .Add("Number", 1.5, 2, 3).AddSparse("Sparse", [[0f, 1], [0, 0], [2, 3]]).Add("Time", new DateTime(2026, 1, 1), new DateTime(2026, 1, 2), new DateTime(2026, 1, 3));
    }

    public sealed class ToKeyContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Key"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Conversion.ConvertType("Small", "Key", DataKind.Byte);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddKeys("Key", [2, 0, 1], "a", "b");
    }
}
