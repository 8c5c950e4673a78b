using MLPipelines.Cli.Input;
using MLPipelines.AutoML;

namespace MLPipelines.Cli.Train;

/// <summary>Finds the columns of written text in the first rows of a file.</summary>
internal static class TextColumnChoice
{
    /// <param name="file">The file.</param>
    /// <param name="excluded">Columns that are not to be chosen.</param>
    /// <exception cref="UsageException">No column holds text.</exception>
    internal static int[] Of(DataFile file, IReadOnlyCollection<int> excluded)
    {
        int[] candidates = [.. Enumerable.Range(0, file.Columns.Count).Where(i => !excluded.Contains(i))];
        // Of two columns, the one that is not the label needs no looking at.
        if (candidates.Length == 1) return candidates;
        var roles = new Dictionary<int, ColumnRole>();
        foreach (int i in candidates)
        {
            var profile = new ColumnProfile(file.Columns[i], file.DecimalMark);
            foreach (string[] row in file.Sample) profile.Add(i < row.Length ? row[i] : "");
            roles[i] = profile.Role();
        }
        foreach (ColumnRole[] wanted in (ColumnRole[][])[[ColumnRole.Text], [ColumnRole.ManyValues], [ColumnRole.Category]])
        {
            int[] found = [.. candidates.Where(i => Array.IndexOf(wanted, roles[i]) >= 0)];
            if (found.Length > 0) return found;
        }
        throw new UsageException($"{file.Name} has no column of text besides the label{(candidates.Length == 0 ? "" : "; --text-col NAME takes one anyway")}. {file.Listing()}");
    }
}
