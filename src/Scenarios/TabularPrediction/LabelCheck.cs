using System.Globalization;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>Says what is wrong with labels before anything is learned from them.</summary>
internal static class LabelCheck
{
    /// <param name="name">The name of the column.</param>
    /// <param name="label">The key column.</param>
    /// <param name="keys">Its values.</param>
    internal static void Classes(string name, DataViewSchema.Column label, ReadOnlySpan<uint> keys)
    {
        uint first = 0;
        foreach (uint key in keys)
        {
            if (key == 0) continue;
            if (first == 0) first = key;
            else if (key != first) return;
        }
        string found = first == 0 ? "no label at all" : $"only one label, '{KeyValues.Of(label)?.TextOf((int)first - 1)}',";
        throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"Column '{name}' has {found} in {keys.Length} row{(keys.Length == 1 ? "" : "s")}; expected at least two different labels."));
    }

    internal static void Numbers(string name, ReadOnlySpan<float> numbers)
    {
        for (int row = 0; row < numbers.Length; row++)
        {
            if (float.IsInfinity(numbers[row])) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"Row {row}, column '{name}': found {numbers[row]}, expected a finite number."));
            if (!float.IsNaN(numbers[row])) return;
        }
        throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"Column '{name}' has no number in any of {numbers.Length} rows."));
    }
}
