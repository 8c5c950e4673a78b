using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Cli.Explaining;

/// <summary>
/// Which column of the file each feature comes from, by the names of the features: those of the column <c>color</c> are called color, color.red,
/// color.blue. A feature whose column is not to be told stands for itself.
/// </summary>
internal sealed class FeatureSources
{
    private readonly int[] _sourceOf;

    /// <param name="features">The column of the features.</param>
    /// <param name="columns">The columns of the file that the model reads.</param>
    internal FeatureSources(DataViewSchema.Column features, IReadOnlyCollection<string> columns)
    {
        int size = ((VectorDataViewType)features.Type).Size;
        string[] slots = features.SlotNamesOrNull() ?? new string[size];
        List<string> names = [.. columns];
        _sourceOf = new int[size];
        for (int slot = 0; slot < size; slot++)
        {
            string name = Source(slots[slot], columns) ?? (string.IsNullOrEmpty(slots[slot]) ? string.Create(CultureInfo.InvariantCulture, $"feature {slot}") : slots[slot]);
            int known = names.IndexOf(name);
            if (known < 0) names.Add(name);
            _sourceOf[slot] = known >= 0 ? known : names.Count - 1;
        }
        Names = names;
    }

    /// <summary>The columns, and what stands for itself.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>Adds what features say to what their columns say.</summary>
    internal void Sum<T>(ReadOnlySpan<T> features, Span<double> sums) where T : System.Numerics.INumber<T>
    {
        sums.Clear();
        for (int slot = 0; slot < features.Length; slot++) sums[_sourceOf[slot]] += double.CreateChecked(features[slot]);
    }

    private static string? Source(string? slot, IReadOnlyCollection<string> columns)
    {
        // Columns that a scenario makes on the way start with two underscores, and their names stand before those of what they are made of.
        for (string? name = slot; !string.IsNullOrEmpty(name); name = name.StartsWith("__", StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[(dot + 1)..] : null)
        {
            string rest = name;
            if (columns.Where(column => rest == column || rest.StartsWith(column + ".", StringComparison.Ordinal)).MaxBy(column => column.Length) is { } found) return found;
        }
        return null;
    }
}
