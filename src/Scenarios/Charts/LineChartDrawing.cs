namespace MLPipelines.Scenarios.Charts;

/// <summary>Lays out a chart and draws it from back to front: grid, bands, moments, lines, marks, labels.</summary>
internal sealed class LineChartDrawing
{
    private const double Size = 12, Gap = 12, RowHeight = 18;
    private const string Ink = "#111", Grey = "#555", BandColour = "#c6dcf2", MarkColour = "#b3261e";

    // Dark enough for white paper, and apart for readers who do not tell red from green.
    private static readonly string[] SolidColours = [Ink, "#0b5cad", "#a34a00", "#00714f", "#8a2f6b", "#5c5c00"];
    private static readonly string[] DashedColours = ["#0b5cad", "#a34a00", "#00714f", "#8a2f6b", "#5c5c00", Ink];

    private readonly LineChart _chart;
    private readonly SvgWriter _svg = new();
    private readonly AxisTick[] _xTicks, _yTicks;
    private readonly double _left, _right, _top, _bottom, _xLeast, _xMost;

    internal LineChartDrawing(LineChart chart)
    {
        _chart = chart;
        (_xLeast, _xMost) = Range(chart.Lines.SelectMany(line => line.X).Concat(chart.Bands.SelectMany(band => band.X)).Concat(chart.Marks.SelectMany(marks => marks.X)), around: 1);
        var (yLeast, yMost) = Range(chart.Lines.SelectMany(line => line.Y).Concat(chart.Bands.SelectMany(band => band.Lower.Concat(band.Upper))).Concat(chart.Marks.SelectMany(marks => marks.Y ?? [])), around: double.NaN);
        if (chart.FromZero) (yLeast, yMost) = (Math.Min(yLeast, 0), Math.Max(yMost, 0));
        _top = RowHeight + (Legend(draw: false) * RowHeight) + (chart.Unit.Length > 0 ? RowHeight : 0) + 10;
        double bottomLabels = chart.HasDates ? 38 : 22;
        _yTicks = NumberTicks.Around(yLeast, yMost, Math.Clamp((int)((chart.Height - _top - bottomLabels) / 32), 3, 10), chart.FormatValue, chart.Culture);
        _left = _yTicks.Max(tick => TextWidth.Of(tick.Label, Size)) + Gap;
        _right = chart.Width - Gap;
        int xCount = Math.Max((int)((_right - _left) / 62), 2);
        _xTicks = chart.HasDates ? TimeTicks.Within(_xLeast, _xMost, xCount, chart.Culture) : NumberTicks.Within(_xLeast, _xMost, xCount, whole: true, chart.Culture);
        _bottom = chart.Height - (Array.Exists(_xTicks, tick => tick.Context.Length > 0) ? 38 : 22);
    }

    internal string Draw()
    {
        _svg.Open("svg", $"xmlns=\"http://www.w3.org/2000/svg\" width=\"{_chart.Width}\" height=\"{_chart.Height}\" viewBox=\"0 0 {_chart.Width} {_chart.Height}\" role=\"img\" font-family=\"system-ui,'Segoe UI',Helvetica,Arial,sans-serif\" font-size=\"{SvgWriter.Number(Size)}\" fill=\"{Ink}\"");
        _svg.Write("title", "", _chart.Title);
        if (_chart.Description.Length > 0) _svg.Write("desc", "", _chart.Description);
        _svg.Label(0, 13, _chart.Title, "font-size=\"14\" font-weight=\"600\"");
        Legend(draw: true);
        if (_chart.Unit.Length > 0) _svg.Label(0, _top - 12, _chart.Unit, $"fill=\"{Grey}\"");
        DrawGrid();
        foreach (ChartBand band in _chart.Bands)
            _svg.Draw("path", $"d=\"{LinePath.Between(Points(band.X, band.Lower), Points(band.X, band.Upper))}\" fill=\"{BandColour}\"");
        foreach (ChartMarks moments in _chart.Marks.Where(marks => marks.Y is null))
            foreach (double x in moments.X) _svg.Line(X(x), _top, X(x), _bottom, Moment);
        foreach (ChartLine line in _chart.Lines)
            _svg.Draw("path", $"d=\"{LinePath.Of(LinePath.Thin(Points(line.X, line.Y), _chart.Width))}\" fill=\"none\" {Stroke(line)}");
        foreach (ChartMarks marks in _chart.Marks.Where(marks => marks.Y is not null)) DrawMarks(marks);
        _svg.Close("svg");
        return _svg.ToString();
    }

    private static string Moment => $"stroke=\"{MarkColour}\" stroke-width=\"1.5\" stroke-dasharray=\"2 3\"";

    private static string Circle => $"r=\"4\" fill=\"#fff\" fill-opacity=\"0.6\" stroke=\"{MarkColour}\" stroke-width=\"2\"";

    private void DrawGrid()
    {
        foreach (AxisTick tick in _yTicks)
        {
            bool zero = tick.At == 0 && _yTicks[0].At < 0;
            _svg.Line(_left, Y(tick.At), _right, Y(tick.At), zero ? $"stroke=\"{Grey}\"" : "stroke=\"#ddd\"");
            _svg.Label(_left - 6, Y(tick.At) + 4, tick.Label, "text-anchor=\"end\"");
        }
        _svg.Line(_left, _bottom, _right, _bottom, $"stroke=\"{Grey}\"");
        foreach (AxisTick tick in _xTicks)
        {
            double x = X(tick.At);
            _svg.Line(x, _bottom, x, _bottom + 4, $"stroke=\"{Grey}\"");
            Below(x, 17, tick.Label, "");
            if (tick.Context.Length > 0) Below(x, 32, tick.Context, $" fill=\"{Grey}\"");
        }
    }

    /// <summary>A label below the axis, moved inwards where it would not fit into the picture.</summary>
    private void Below(double x, double distance, string text, string attributes)
    {
        double half = TextWidth.Of(text, Size) / 2;
        _svg.Label(Math.Clamp(x, half, Math.Max(_chart.Width - half, half)), _bottom + distance, text, $"text-anchor=\"middle\"{attributes}");
    }

    private void DrawMarks(ChartMarks marks)
    {
        for (int i = 0; i < marks.X.Count; i++)
        {
            if (!double.IsFinite(marks.Y![i])) continue;
            _svg.Open("circle", $"cx=\"{SvgWriter.Number(X(marks.X[i]))}\" cy=\"{SvgWriter.Number(Y(marks.Y[i]))}\" {Circle}");
            string time = _chart.HasDates ? TimeTicks.Text(marks.X[i], _chart.Culture) : marks.X[i].ToString("N0", _chart.Culture);
            _svg.Write("title", "", $"{time}: {_chart.FormatValue?.Invoke(marks.Y[i]) ?? marks.Y[i].ToString("G6", _chart.Culture)}");
            _svg.Close("circle");
        }
    }

    /// <summary>The entries of the legend, in as many rows as they need, which is what it returns.</summary>
    private int Legend(bool draw)
    {
        double x = 0;
        int row = 0;
        foreach (var (name, key) in Entries())
        {
            double width = 30 + TextWidth.Of(name, Size);
            if (x > 0 && x + width > _chart.Width)
            {
                x = 0;
                row++;
            }
            if (draw)
            {
                double y = 13 + ((row + 1) * RowHeight);
                key(x, y - 4);
                _svg.Label(x + 30, y, name);
            }
            x += width + 16;
        }
        return x > 0 ? row + 1 : 0;
    }

    private IEnumerable<(string Name, Action<double, double> Key)> Entries()
    {
        foreach (ChartLine line in _chart.Lines.Where(line => line.Name.Length > 0)) yield return (line.Name, (x, y) => _svg.Line(x, y, x + 24, y, Stroke(line)));
        foreach (ChartBand band in _chart.Bands.Where(band => band.Name.Length > 0))
            yield return (band.Name, (x, y) => _svg.Draw("rect", $"x=\"{SvgWriter.Number(x)}\" y=\"{SvgWriter.Number(y - 5)}\" width=\"24\" height=\"10\" fill=\"{BandColour}\""));
        foreach (ChartMarks marks in _chart.Marks.Where(marks => marks.Name.Length > 0))
        {
            yield return (marks.Name, (x, y) =>
            {
                if (marks.Y is null) _svg.Line(x + 12, y - 7, x + 12, y + 7, Moment);
                else _svg.Draw("circle", $"cx=\"{SvgWriter.Number(x + 12)}\" cy=\"{SvgWriter.Number(y)}\" {Circle}");
            });
        }
    }

    private string Stroke(ChartLine line)
    {
        if (line.Stroke == ChartStroke.Thin) return "stroke=\"#767676\" stroke-width=\"1\" stroke-linejoin=\"round\"";
        int nth = _chart.Lines.Where(other => other.Stroke == line.Stroke).TakeWhile(other => !ReferenceEquals(other, line)).Count();
        bool dashed = line.Stroke == ChartStroke.Dashed;
        string[] colours = dashed ? DashedColours : SolidColours;
        return $"stroke=\"{colours[nth % colours.Length]}\" stroke-width=\"{(dashed ? "2" : "1.6")}\" stroke-linejoin=\"round\" {(dashed ? "stroke-dasharray=\"6 3\"" : "stroke-linecap=\"round\"")}";
    }

    private (double X, double Y)[] Points(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        var points = new (double X, double Y)[xs.Count];
        for (int i = 0; i < points.Length; i++) points[i] = (X(xs[i]), Y(ys[i]));
        return points;
    }

    private double X(double x) => _left + ((x - _xLeast) / (_xMost - _xLeast) * (_right - _left));

    private double Y(double y) => _bottom - ((y - _yTicks[0].At) / (_yTicks[^1].At - _yTicks[0].At) * (_bottom - _top));

    /// <summary>The least and the greatest number; around it, where there is only one.</summary>
    private static (double Least, double Most) Range(IEnumerable<double> values, double around)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double value in values.Where(double.IsFinite)) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        if (least > most) return (0, 1);
        if (double.IsNaN(around)) around = least == 0 ? 1 : Math.Abs(least) * 0.1;
        return least < most ? (least, most) : (least - around, least + around);
    }
}
