using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Tests.Core;

public class ParallelViewTests
{
    private readonly MLContext _context = new(1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_come_in_their_order_as_with_one_thread(int threads)
    {
        IDataView rows = Rows(20_000);
        ITransformer model = Model(rows);
        var parallel = new ParallelView(BatchView.Of(rows), model, threads, CancellationToken.None);
        Assert.Equal(model.Transform(rows).GetColumn<string>("Key").ToArray(), parallel.GetColumn<string>("Key").ToArray());
        Assert.Equal(Enumerable.Range(0, 20_000), parallel.GetColumn<int>("Number"));
    }

    [Fact]
    public void A_view_without_rows_has_none()
    {
        IDataView rows = Rows(10);
        Assert.Empty(new ParallelView(BatchView.Of(Rows(0)), Model(rows), 2, CancellationToken.None).GetColumn<string>("Key"));
    }

    [Fact]
    public void What_goes_wrong_in_a_thread_comes_out_where_rows_are_asked_for()
    {
        IDataView rows = Rows(9000);
        var failing = new ParallelView(BatchView.Of(rows), new Failing(), 2, CancellationToken.None);
        Assert.Equal("row 4096 or later", Assert.Throws<MLPipelinesException>(() => failing.GetColumn<int>("Copy").Count()).Message);
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        using var cancellation = new CancellationTokenSource();
        IDataView rows = Rows(20_000);
        var parallel = new ParallelView(BatchView.Of(rows), Model(rows), 2, cancellation.Token);
        using BatchCursor cursor = parallel.OpenBatches(ColumnSet.All(parallel.Schema));
        Assert.NotNull(cursor.Next());
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => cursor.Next());
    }

    private IDataView Rows(int count) => _context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row { Number = i, Text = (i % 7).ToString(CultureInfo.InvariantCulture) }).ToArray());

    private ITransformer Model(IDataView rows) => _context.Transforms.Conversion.MapValueToKey("Key", "Text").Append(_context.Transforms.Conversion.MapKeyToValue("Key")).Fit(rows);

    private sealed class Row
    {
        public int Number { get; set; }

        public string Text { get; set; } = "";
    }

    private sealed class Failing : RowToRowTransformer
    {
        public override string TypeId => "failing";

        public override void Save(ModelStepWriter writer) => throw new NotSupportedException();

        protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input) =>
            [new OutputColumn("Copy", NumberDataViewType.Int32, null, [input["Number"].Index], () => batch => batch.FirstRow < 4096 ? batch[0] : throw new MLPipelinesException("row 4096 or later"))];
    }
}
