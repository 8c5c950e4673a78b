using MLPipelines.Data;
using Xunit;

namespace MLPipelines.Testing;

/// <summary>
/// What every estimator promises. A transform or trainer joins with one small class that makes the estimator and some data, and
/// says what it does with unusual data where that differs from the rule.
/// </summary>
public abstract partial class EstimatorContract
{
    private const int Seed = 7;

    /// <summary>The estimator, with settings that make its options matter.</summary>
    protected abstract IEstimator<ITransformer> CreateEstimator(MLContext context);

    /// <summary>Data for it: at least three rows, the first without missing values.</summary>
    protected abstract IDataView CreateData(MLContext context);

    /// <summary>The columns that it reads.</summary>
    protected abstract string[] RequiredColumns { get; }

    /// <summary>The estimator on another number of threads; <see langword="null"/> when it has no such option.</summary>
    protected virtual IEstimator<ITransformer>? CreateEstimator(MLContext context, int numberOfThreads) => null;

    /// <summary>Data with a column of a type that the estimator cannot use; <see langword="null"/> when it can use them all.</summary>
    protected virtual IDataView? CreateDataOfWrongType(MLContext context) => null;

    /// <summary>Whether it learns in a loop that reports progress and can be cancelled.</summary>
    protected virtual bool IsTrainer => false;

    /// <summary>Whether reading its output, one row at a time, allocates nothing once it is warm.</summary>
    protected virtual bool IsAllocationFree => true;

    /// <summary>What it does with unusual data.</summary>
    protected virtual EdgeOutcome OutcomeOf(EdgeCase edge) => EdgeOutcome.Works;

    private MemoryView Data(MLContext context) => MemoryView.Copy(CreateData(context));

    private (ITransformer Transformer, MemoryView Data) Learn(int? seed = Seed)
    {
        var context = new MLContext(seed);
        MemoryView data = Data(context);
        return (CreateEstimator(context).Fit(data), data);
    }

    private static byte[] Save(ITransformer transformer, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(transformer, schema, stream);
        return stream.ToArray();
    }

    private static void AssertSameRows(IDataView expected, IDataView actual, string what) =>
        AssertSameRows(ViewContents.Read(expected), ViewContents.Read(actual), what);

    private static void AssertSameRows(
        IReadOnlyDictionary<string, IReadOnlyList<string>> expected, IReadOnlyDictionary<string, IReadOnlyList<string>> actual, string what)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, rows) in expected)
        {
            Assert.True(rows.Count == actual[name].Count, $"{what}: column '{name}' has {actual[name].Count} rows, expected {rows.Count}.");
            for (int row = 0; row < rows.Count; row++)
                Assert.True(rows[row] == actual[name][row], $"{what}: column '{name}' row {row} is {actual[name][row]}, expected {rows[row]}.");
        }
    }

    private void AssertNamesAColumn(Exception exception)
    {
        Assert.True(exception is MLPipelinesException or ArgumentException or InvalidOperationException or NotSupportedException,
            $"{exception.GetType()} is not an exception that tells the user what is wrong: {exception.Message}");
        Assert.Contains(RequiredColumns, name => exception.Message.Contains($"'{name}'", StringComparison.Ordinal));
    }
}
