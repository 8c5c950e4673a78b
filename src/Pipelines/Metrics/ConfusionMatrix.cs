namespace MLPipelines.Data;

/// <summary>How often rows of each class were predicted as each class. Where rows have weights, a row counts as much as it weighs.</summary>
public sealed class ConfusionMatrix
{
    private readonly Dictionary<(int Actual, int Predicted), double> _counts;
    private readonly double[] _actual, _predicted;
    private IReadOnlyList<IReadOnlyList<double>>? _table;
    private string? _formatted;

    /// <param name="classNames">What the classes are called.</param>
    /// <param name="counts">The numbers of rows that are not zero.</param>
    /// <param name="areNamed">Whether the names are text, rather than numbers.</param>
    /// <param name="isBinary">Whether the first class is the positive one of two.</param>
    internal ConfusionMatrix(IReadOnlyList<string> classNames, Dictionary<(int Actual, int Predicted), double> counts, bool areNamed, bool isBinary = false)
    {
        (ClassNames, _counts, AreNamed, IsBinary) = (classNames, counts, areNamed, isBinary);
        (_actual, _predicted) = (new double[NumberOfClasses], new double[NumberOfClasses]);
        foreach (var ((actual, predicted), count) in counts)
        {
            _actual[actual] += count;
            _predicted[predicted] += count;
        }
        PerClassPrecision = [.. Enumerable.Range(0, NumberOfClasses).Select(i => Ratio(CountOf(i, i), _predicted[i]))];
        PerClassRecall = [.. Enumerable.Range(0, NumberOfClasses).Select(i => Ratio(CountOf(i, i), _actual[i]))];
        PerClassF1 = [.. Enumerable.Range(0, NumberOfClasses).Select(i => Ratio(2 * CountOf(i, i), _actual[i] + _predicted[i]))];
    }

    /// <summary>What the classes are called, in the order of every list here.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    public int NumberOfClasses => ClassNames.Count;

    /// <summary>The share of the rows predicted as a class that are of that class; 0 for a class that was never predicted.</summary>
    public IReadOnlyList<double> PerClassPrecision { get; }

    /// <summary>The share of the rows of a class that were predicted as that class; 0 for a class without rows.</summary>
    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>The harmonic mean of precision and recall of each class; 0 for a class that neither occurs nor was predicted.</summary>
    public IReadOnlyList<double> PerClassF1 { get; }

    /// <summary>The numbers of rows: the outer index is the actual class, the inner one the predicted class.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts => _table ??= Table();

    internal bool AreNamed { get; }

    internal bool IsBinary { get; }

    /// <summary>The number of rows of one class that were predicted as another, or as the same.</summary>
    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(predictedClassIndicatorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predictedClassIndicatorIndex, NumberOfClasses);
        ArgumentOutOfRangeException.ThrowIfNegative(actualClassIndicatorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(actualClassIndicatorIndex, NumberOfClasses);
        return CountOf(actualClassIndicatorIndex, predictedClassIndicatorIndex);
    }

    /// <summary>The pairs of different classes that were taken for each other most often, worst first.</summary>
    /// <param name="count">How many pairs to list at most.</param>
    public IReadOnlyList<ConfusedPair> GetMostConfusedPairs(int count = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. _counts.Where(c => c.Key.Actual != c.Key.Predicted).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(count)
            .Select(c => new ConfusedPair(ClassNames[c.Key.Actual], ClassNames[c.Key.Predicted], c.Value, Ratio(c.Value, _actual[c.Key.Actual])))];
    }

    /// <summary>
    /// The matrix as text: a row per actual class with its recall, a column per predicted class with its precision. Classes whose
    /// label is not text, or whose name is too long for a column, are numbered from 0 in the order of <see cref="ClassNames"/>.
    /// </summary>
    public string GetFormattedConfusionTable() => _formatted ??= ConfusionTable.Format(this);

    /// <summary>The number of rows of a class.</summary>
    internal double RowsOf(int actual) => _actual[actual];

    /// <summary>The number of rows predicted as a class.</summary>
    internal double RowsPredictedAs(int predicted) => _predicted[predicted];

    internal double CountOf(int actual, int predicted) => _counts.GetValueOrDefault((actual, predicted));

    internal static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private double[][] Table()
    {
        double[][] table = [.. Enumerable.Range(0, NumberOfClasses).Select(_ => new double[NumberOfClasses])];
        foreach (var ((actual, predicted), count) in _counts) table[actual][predicted] = count;
        return table;
    }
}

/// <summary>Two classes that were taken for each other.</summary>
/// <param name="Actual">The class that the rows are of.</param>
/// <param name="Predicted">The class that they were predicted as.</param>
/// <param name="Count">How many rows, or what they weigh.</param>
/// <param name="Share">The share of the rows of the actual class.</param>
public sealed record ConfusedPair(string Actual, string Predicted, double Count, double Share);
