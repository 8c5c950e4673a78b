using System.Text;

namespace MLPipelines.Scenarios.Charts;

/// <summary>The outlines of lines and areas, in coordinates of the picture.</summary>
internal static class LinePath
{
    /// <summary>A line with gaps where y is not finite. A point with gaps on both sides is a dot, by the round ends of its stroke.</summary>
    internal static string Of(ReadOnlySpan<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        bool pen = false;
        for (int i = 0; i < points.Length; i++)
        {
            if (!double.IsFinite(points[i].Y))
            {
                pen = false;
                continue;
            }
            Append(path, pen ? 'L' : 'M', points[i]);
            bool alone = !pen && (i + 1 == points.Length || !double.IsFinite(points[i + 1].Y));
            if (alone) path.Append("h0");
            pen = true;
        }
        return path.ToString();
    }

    /// <summary>The area between two lines over the same x.</summary>
    internal static string Between(ReadOnlySpan<(double X, double Y)> lower, ReadOnlySpan<(double X, double Y)> upper)
    {
        var path = new StringBuilder();
        for (int start = 0; start < lower.Length; start++)
        {
            int end = start;
            while (end < lower.Length && double.IsFinite(lower[end].Y) && double.IsFinite(upper[end].Y)) end++;
            if (end - start > 1)
            {
                for (int i = start; i < end; i++) Append(path, i == start ? 'M' : 'L', upper[i]);
                for (int i = end - 1; i >= start; i--) Append(path, 'L', lower[i]);
                path.Append('Z');
            }
            start = end;
        }
        return path.ToString();
    }

    /// <summary>Of the points in a pixel's column only the first, lowest, highest and last, which look the same.</summary>
    internal static (double X, double Y)[] Thin((double X, double Y)[] points, int width)
    {
        if (points.Length <= 4 * width) return points;
        List<(double X, double Y)> kept = [];
        for (int start = 0; start < points.Length;)
        {
            int end = start, low = start, high = start;
            double column = Math.Floor(points[start].X);
            bool gap = !double.IsFinite(points[start].Y);
            for (; end < points.Length && Math.Floor(points[end].X) == column && double.IsFinite(points[end].Y) == !gap; end++)
            {
                if (points[end].Y < points[low].Y) low = end;
                if (points[end].Y > points[high].Y) high = end;
            }
            foreach (int index in new SortedSet<int> { start, low, high, end - 1 }) kept.Add(points[index]);
            start = end;
        }
        return [.. kept];
    }

    private static void Append(StringBuilder path, char command, (double X, double Y) point) =>
        path.Append(command).Append(SvgWriter.Number(point.X)).Append(' ').Append(SvgWriter.Number(point.Y));
}
