using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Reads a label column as numbers and says which rows have one.</summary>
internal static class LabelReader
{
    /// <param name="column">The labels of a run of rows.</param>
    /// <param name="source">The column that they come from.</param>
    /// <param name="labels">Where the labels that are there go.</param>
    /// <param name="rows">Where the rows that have a label go.</param>
    internal static void Append(BatchColumn column, DataViewSchema.Column source, List<float> labels, List<int> rows)
    {
        List<float> numbers = [];
        NumberReader.Append(column, source, numbers);
        bool isKey = source.Type is KeyDataViewType;
        for (int row = 0; row < numbers.Count; row++)
        {
            float label = isKey ? numbers[row] - 1 : numbers[row];
            if (float.IsNaN(label) || (isKey && label < 0)) continue;
            labels.Add(label);
            rows.Add(row);
        }
    }
}

/// <summary>Reads a column of any number, key or truth type as <see cref="float"/>.</summary>
internal static class NumberReader
{
    internal static void Append(BatchColumn column, DataViewSchema.Column source, List<float> numbers)
    {
        switch (column)
        {
            case ValueColumn<float> values: numbers.AddRange(values.Values); break;
            case ValueColumn<bool> values: foreach (bool v in values.Values) numbers.Add(v ? 1 : 0); break;
            case ValueColumn<uint> values: foreach (uint v in values.Values) numbers.Add(v); break;
            case ValueColumn<double> values: foreach (double v in values.Values) numbers.Add((float)v); break;
            case ValueColumn<int> values: foreach (int v in values.Values) numbers.Add(v); break;
            case ValueColumn<long> values: foreach (long v in values.Values) numbers.Add(v); break;
            case ValueColumn<ulong> values: foreach (ulong v in values.Values) numbers.Add(v); break;
            case ValueColumn<short> values: foreach (short v in values.Values) numbers.Add(v); break;
            case ValueColumn<ushort> values: foreach (ushort v in values.Values) numbers.Add(v); break;
            case ValueColumn<byte> values: foreach (byte v in values.Values) numbers.Add(v); break;
            case ValueColumn<sbyte> values: foreach (sbyte v in values.Values) numbers.Add(v); break;
            default: throw new ArgumentOutOfRangeException(nameof(source), $"Column '{source.Name}' is {source.Type}, expected a number.");
        }
    }
}
