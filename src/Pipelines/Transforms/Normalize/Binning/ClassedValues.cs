using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Transforms;

/// <summary>Keeps every finite number of each slot with the class of its row: 12 bytes per number in memory.</summary>
/// <param name="slots">The number of slots.</param>
/// <param name="classes">The class of each row; -1 for a row that is left out.</param>
/// <param name="classCount">The number of classes.</param>
internal sealed class ClassedValues(int slots, int[] classes, int classCount) : ISlotLearner
{
    private readonly List<(double Value, int Class)>[] _values = [.. Enumerable.Range(0, slots).Select(_ => new List<(double, int)>())];
    private readonly long[] _stored = new long[slots * classCount];
    private readonly long[] _rows = new long[classCount];
    private int _row = -1;

    public int SlotCount => slots;

    public void StartRow()
    {
        if (classes[++_row] >= 0) _rows[classes[_row]]++;
    }

    public void Add(int slot, double value)
    {
        int c = classes[_row];
        if (c < 0) return;
        _stored[(slot * classCount) + c]++;
        if (double.IsFinite(value)) _values[slot].Add((value, c));
    }

    // What a slot lacks of the rows of a class are its zeros; their sum, which is given, is not needed.
    public void AddZeros(int slot, long zeros) { }

    /// <summary>The bounds between the bins of a slot.</summary>
    internal double[] FindBounds(int slot, int maximumBins, int minimumRows, bool isSingle)
    {
        List<(double Value, int Class, long Rows)> all = [.. _values[slot].Select(pair => (pair.Value, pair.Class, 1L))];
        for (int c = 0; c < classCount; c++)
            if (_rows[c] - _stored[(slot * classCount) + c] is > 0 and var zeros) all.Add((0, c, zeros));
        all.Sort((left, right) => left.Value.CompareTo(right.Value) is not 0 and var order ? order : left.Class.CompareTo(right.Class));
        List<double> numbers = [];
        List<int> starts = [];
        List<(int Class, long Rows)> runs = [];
        foreach (var (value, c, rows) in all)
        {
            bool isNew = numbers.Count == 0 || value != numbers[^1];
            if (isNew)
            {
                numbers.Add(value);
                starts.Add(runs.Count);
            }
            if (isNew || runs[^1].Class != c) runs.Add((c, rows));
            else runs[^1] = (c, runs[^1].Rows + rows);
        }
        var bins = new InformationBins([.. starts, runs.Count], [.. runs], classCount);
        return BinBounds.At([.. numbers], bins.Split(maximumBins, minimumRows), isSingle);
    }

    /// <summary>The classes of the first rows: a key's own; of numbers those above 0 and the others; of truth values each.</summary>
    internal static (int[] Classes, int Count) Read(BatchView data, DataViewSchema.Column label, long maximumRows, CancellationToken cancellation)
    {
        var key = label.Type as KeyDataViewType;
        List<float> numbers = [];
        using BatchCursor cursor = data.OpenBatches(ColumnSet.Of(data.Schema, label.Index));
        while (numbers.Count < maximumRows && cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            NumberReader.Append(batch[label.Index], label, numbers);
        }
        int ClassOf(float number) => key is not null ? (int)number - 1 : float.IsNaN(number) ? -1 : number > 0 ? 1 : 0;
        return ([.. numbers.Select(ClassOf)], key is null ? 2 : checked((int)key.Count));
    }
}
