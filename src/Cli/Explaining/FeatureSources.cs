using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Cli.Explaining;

/// <summary>
/// Which column of the file each feature comes from, by the names of the features: those of the column <c>color</c> are called color, color.red,
/// color.blue. A feature whose column is not to be told stands for itself.
/// </summary>
internal sealed class FeatureSources
{
    private readonly int[][] _sourceOf;

    /// <param name="features">The columns of features, one per part of the model.</param>
    /// <param name="columns">The columns of the file that the model reads.</param>
    internal FeatureSources(IEnumerable<DataViewSchema.Column> features, IReadOnlyCollection<string> columns)
    {
        List<string> names = [.. columns];
        _sourceOf = [.. features.Select(column => SourcesOf(column, columns, names))];
        Names = names;
    }

    /// <summary>The columns, and what stands for itself.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>Adds what the features of a part say, times a weight, to what their columns say.</summary>
    internal void Add<T>(int part, ReadOnlySpan<T> features, double weight, Span<double> sums) where T : System.Numerics.INumber<T>
    {
        for (int slot = 0; slot < features.Length; slot++) sums[_sourceOf[part][slot]] += weight * double.CreateChecked(features[slot]);
    }

    private static int[] SourcesOf(DataViewSchema.Column features, IReadOnlyCollection<string> columns, List<string> names)
    {
        int size = ((VectorDataViewType)features.Type).Size;
        string[] slots = features.SlotNamesOrNull() ?? new string[size];
        int[] sources = new int[size];
        for (int slot = 0; slot < size; slot++)
        {
            string name = Source(slots[slot], columns) ?? (string.IsNullOrEmpty(slots[slot]) ? string.Create(CultureInfo.InvariantCulture, $"feature {slot}") : slots[slot]);
            int known = names.IndexOf(name);
            if (known < 0) names.Add(name);
            sources[slot] = known >= 0 ? known : names.Count - 1;
        }
        return sources;
    }

    private static string? Source(string? slot, IReadOnlyCollection<string> columns)
    {
        // Columns that a scenario makes on the way start with two underscores: __color is made of color, and in __Numbers.width the name of what it is made of follows.
        for (string? name = slot; !string.IsNullOrEmpty(name);)
        {
            bool isMade = name.StartsWith("__", StringComparison.Ordinal);
            if ((Longest(name, columns) ?? (isMade ? Longest(name[2..], columns) : null)) is { } found) return found;
            name = isMade && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[(dot + 1)..] : null;
        }
        return null;
    }

    private static string? Longest(string name, IReadOnlyCollection<string> columns) =>
        columns.Where(column => name == column || name.StartsWith(column + ".", StringComparison.Ordinal)).MaxBy(column => column.Length);
}
