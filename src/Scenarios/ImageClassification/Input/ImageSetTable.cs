using System.Globalization;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Lists the classes of pictures and how many each has.</summary>
public static class ImageSetTable
{
    /// <param name="train">The pictures to learn from.</param>
    /// <param name="test">The pictures to test with; <see langword="null"/> for none.</param>
    public static TextTable Of(LabelledImages train, LabelledImages? test = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        TextTable table = test is null ? new("Classes", "Class", "#Pictures") : new("Classes", "Class", "#To learn from", "#To test with");
        Dictionary<string, int>[] counts = [.. new[] { train, test }.OfType<LabelledImages>().Select(set => set.Images.CountBy(image => image.Label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal))];
        foreach (string name in train.Classes.Union(test?.Classes ?? [], StringComparer.Ordinal)) table.Add([name, .. counts.Select(count => Text(count.GetValueOrDefault(name)))]);
        table.Add(["all", .. counts.Select(count => Text(count.Values.Sum()))]);
        return table;
    }

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
