using MLPipelines.Data;

namespace MLPipelines.Tests.Data;

public class SplitTests
{
    private static readonly MLContext ML = new(seed: 7);

    private sealed record Row(int Id, string User, string Class, bool Flag);

    private static IDataView Rows(int count) => ML.Data.LoadFromEnumerable(
        Enumerable.Range(0, count).Select(i => new Row(i, $"user {i / 3}", i % 10 == 0 ? "rare" : i % 2 == 0 ? "even" : "odd", i % 4 == 0)).ToArray());

    private static int[] Ids(IDataView data) => [.. data.GetColumn<int>("Id")];

    [Theory]
    [InlineData(2, 0.1, 1)]
    [InlineData(10, 0.2, 2)]
    [InlineData(10, 0.99, 9)]
    [InlineData(10_001, 0.25, 2500)]
    public void The_test_set_has_the_fraction_and_the_training_set_the_rest(int rows, double fraction, int test)
    {
        var split = ML.Data.TrainTestSplit(Rows(rows), fraction);
        Assert.Equal(test, Ids(split.TestSet).Length);
        Assert.Equal(Enumerable.Range(0, rows), Ids(split.TrainSet).Concat(Ids(split.TestSet)).Order());
        Assert.Equal(Ids(split.TrainSet), Ids(split.TrainSet).Order());
        Assert.Equal(test, split.TestSet.GetRowCount());
        Assert.Equal(rows - test, split.TrainSet.GetRowCount());
    }

    [Fact]
    public void The_seed_decides_and_nothing_else()
    {
        IDataView data = Rows(1000);
        int[] first = Ids(ML.Data.TrainTestSplit(data, seed: 1).TestSet);
        Assert.Equal(first, Ids(new MLContext().Data.TrainTestSplit(data, seed: 1).TestSet));
        Assert.NotEqual(first, Ids(ML.Data.TrainTestSplit(data, seed: 2).TestSet));
        Assert.Equal(Ids(new MLContext(5).Data.TrainTestSplit(data).TestSet), Ids(new MLContext(5).Data.TrainTestSplit(data).TestSet));
        Assert.Equal(Ids(ML.Data.TrainTestSplit(data).TestSet), Ids(ML.Data.TrainTestSplit(ML.Data.Cache(data)).TestSet));
    }

    [Fact]
    public void Rows_of_one_key_stay_together()
    {
        var split = ML.Data.TrainTestSplit(Rows(3000), 0.3, samplingKeyColumnName: "User");
        Assert.Empty(split.TrainSet.GetColumn<string>("User").Intersect(split.TestSet.GetColumn<string>("User")));
        Assert.InRange(Ids(split.TestSet).Length, 897, 903);
        var folds = ML.Data.CrossValidationSplit(Rows(3000), 4, samplingKeyColumnName: "User");
        Assert.All(folds, fold => Assert.Empty(fold.TrainSet.GetColumn<string>("User").Intersect(fold.TestSet.GetColumn<string>("User"))));
        Assert.All(folds, fold => Assert.InRange(Ids(fold.TestSet).Length, 747, 753));
    }

    [Theory]
    [InlineData("Class")]
    [InlineData("Flag")]
    public void Stratified_parts_have_the_same_shares_of_classes(string column)
    {
        IDataView data = Rows(1003);
        var split = ML.Data.TrainTestSplit(data, 0.2, stratificationColumnName: column);
        Assert.Equal(201, Ids(split.TestSet).Length);
        Assert.Equal(Enumerable.Range(0, 1003), Ids(split.TrainSet).Concat(Ids(split.TestSet)).Order());
        foreach (var group in Counts(data)) Assert.InRange(Counts(split.TestSet)[group.Key], (group.Value * 0.2) - 1, (group.Value * 0.2) + 1);
        foreach (var fold in ML.Data.CrossValidationSplit(data, 5, stratificationColumnName: column))
            foreach (var group in Counts(data)) Assert.InRange(Counts(fold.TestSet)[group.Key], (group.Value * 0.2) - 1, (group.Value * 0.2) + 1);

        Dictionary<object, int> Counts(IDataView view) => (column == "Class" ? view.GetColumn<string>(column).Cast<object>() : view.GetColumn<bool>(column).Cast<object>()).CountBy(c => c).ToDictionary();
    }

    [Fact]
    public void A_class_of_one_row_is_learned_from()
    {
        IDataView data = ML.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Row(i, "", i < 10 ? $"once {i}" : "often", Flag: false)));
        for (int seed = 0; seed < 5; seed++)
            Assert.All(ML.Data.TrainTestSplit(data, 0.5, seed: seed, stratificationColumnName: "Class").TestSet.GetColumn<string>("Class"), c => Assert.Equal("often", c));
    }

    [Fact]
    public void Folds_hold_every_row_once_and_differ_by_a_row_at_most()
    {
        var folds = ML.Data.CrossValidationSplit(Rows(103));
        Assert.Equal(5, folds.Count);
        Assert.Equal(Enumerable.Range(0, 103), folds.SelectMany(f => Ids(f.TestSet)).Order());
        Assert.All(folds, f => Assert.InRange(Ids(f.TestSet).Length, 20, 21));
        Assert.All(folds, f => Assert.Equal(Enumerable.Range(0, 103), Ids(f.TrainSet).Concat(Ids(f.TestSet)).Order()));
    }

    [Fact]
    public void Splits_that_cannot_be_are_errors()
    {
        IDataView data = Rows(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.TrainTestSplit(data, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.TrainTestSplit(data, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.CrossValidationSplit(data, 1));
        Assert.Equal("5 folds need at least 5 rows; the data has 3.", Assert.Throws<MLPipelinesException>(() => Ids(ML.Data.CrossValidationSplit(data)[0].TestSet)).Message);
        Assert.Equal("2 folds need at least 2 values in column 'User'; the data has 1.",
            Assert.Throws<MLPipelinesException>(() => Ids(ML.Data.CrossValidationSplit(data, 2, "User")[0].TestSet)).Message);
        var absent = Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.TrainTestSplit(data, samplingKeyColumnName: "Customer"));
        Assert.Contains("Column 'Customer' not found. The columns are: Id: Int32", absent.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ML.Data.TrainTestSplit(data, samplingKeyColumnName: "User", stratificationColumnName: "Class"));
        Assert.Empty(Ids(ML.Data.TrainTestSplit(Rows(0)).TrainSet));
        Assert.Single(Ids(ML.Data.TrainTestSplit(Rows(1)).TrainSet));
    }
}
