using System.Globalization;
using System.Text;

namespace MLPipelines.Data;

/// <summary>Writes a confusion matrix as text, as ML.NET lays it out.</summary>
internal static class ConfusionTable
{
    private const string Predicted = "PREDICTED", Truth = "TRUTH", Precision = "Precision";
    private const int LongestName = 40;

    internal static string Format(ConfusionMatrix matrix)
    {
        int[] classes = [.. Enumerable.Range(0, matrix.NumberOfClasses)];
        string[] names = [.. classes.Select(i => matrix.AreNamed ? OneLine(matrix.ClassNames[i]) : Text($"{i}"))], heads = names;
        int width = classes.Length == 2 ? 8 : 5;
        if (names.Any(name => name.Length > width))
        {
            // Numbers in the header are explained by the rows: "5. name".
            heads = Array.ConvertAll(classes, i => Text($"{i}"));
            int digits = heads[^1].Length, longest = names.Max(name => name.Length);
            names = Array.ConvertAll(classes, i => $"{heads[i].PadLeft(digits)}. {names[i].PadLeft(longest)}");
        }
        bool areWhole = classes.All(i => classes.All(j => double.IsInteger(matrix.CountOf(i, j))));
        string[][] counts = Array.ConvertAll(classes, i => Array.ConvertAll(classes, j => areWhole ? Text($"{matrix.CountOf(i, j):N0}") : Text($"{matrix.CountOf(i, j):F1}")));
        width = counts.SelectMany(row => row).Append("").Max(count => Math.Max(count.Length, width));
        int first = Math.Max(Predicted.Length, names.Max(name => name.Length));
        string line = new('=', (width + 3) * classes.Length);

        var text = new StringBuilder();
        if (matrix.IsBinary)
        {
            double positive = matrix.RowsOf(0), negative = matrix.RowsOf(1);
            text.Append(Text($"TEST POSITIVE RATIO:\t{positive / (positive + negative):N4} ({positive:F1}/({positive:F1}+{negative:F1}))"));
        }
        text.AppendLine().AppendLine("Confusion table");
        Line("", line);
        Line(Predicted, Cells(heads) + " Recall");
        Line(Truth, line);
        foreach (int i in classes) Line(names[i].PadLeft(first), Cells(counts[i]) + Text($" {matrix.PerClassRecall[i]:F4}"));
        Line("", line);
        Line(Precision, Cells(Array.ConvertAll(classes, i => Text($"{matrix.PerClassPrecision[i]:F4}"))));
        return text.ToString();

        void Line(string head, string cells) => text.Append(head.PadRight(first)).Append(" ||").AppendLine(cells);

        string Cells(string[] items) => string.Concat(items.Select(item => item.PadLeft(width + 1) + " |"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string OneLine(string name)
    {
        name = name.ReplaceLineEndings(" ");
        return name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
    }
}
