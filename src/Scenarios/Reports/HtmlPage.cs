using System.Globalization;
using System.Net;
using System.Text;
using MLPipelines.Scenarios.Charts;

namespace MLPipelines.Scenarios.Reports;

/// <summary>
/// Writes an HTML page that needs nothing else: no scripts, no references to other files, black on white, laid out for screens of any
/// width and for paper. What is given is text; characters that mean something in HTML are shown as they are.
/// </summary>
public sealed class HtmlPage
{
    private const string Style = """
        *{box-sizing:border-box}
        body{font:15px/1.5 system-ui,"Segoe UI",Helvetica,Arial,sans-serif;max-width:64em;margin:2em auto;padding:0 1em;color:#111;background:#fff}
        h1{font-size:1.7em;line-height:1.2;margin:0 0 .3em}
        h2{font-size:1.2em;margin:1.8em 0 .5em;padding-bottom:.2em;border-bottom:2px solid #111;break-after:avoid}
        p{margin:.5em 0;max-width:50em}
        .wide{overflow-x:auto;margin:1em 0}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        caption{text-align:left;font-weight:600;padding:.3em 0}
        th,td{padding:.25em .8em;border-bottom:1px solid #ddd;text-align:left;vertical-align:top;font-weight:400}
        thead th{font-weight:600;border-bottom:1px solid #111;vertical-align:bottom}
        .n{text-align:right}
        tbody .n,tbody th{white-space:nowrap}
        small{display:block;color:#555;font-size:.8em;line-height:1.2}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(11em,1fr));gap:.8em;margin:1em 0}
        .figures div{border:1px solid #bbb;border-radius:4px;padding:.5em .8em;break-inside:avoid}
        .figures dt{color:#555}.figures dd{margin:0;font-size:1.35em;font-weight:600;font-variant-numeric:tabular-nums}.figures dd small{font-size:.6em;font-weight:400;line-height:1.4}
        dl{margin:0}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(27em,100%),1fr));gap:1.2em;margin:1em 0}
        figure{margin:0;break-inside:avoid}
        svg{display:block;width:100%;height:auto}
        .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(19em,100%),1fr));gap:1.2em;margin:1em 0}
        .pictures .images{display:flex;gap:4px}.pictures img{background:#eee;border-radius:3px;image-rendering:pixelated}.pictures img[src^="data:image/jpeg"]{image-rendering:auto}
        figcaption{padding-top:.35em;overflow-wrap:anywhere}
        .break{break-before:page;height:0}
        @page{size:A4;margin:14mm}
        @media print{body{font-size:9.5pt;max-width:none;margin:0;padding:0}.wide{overflow:visible}.charts{grid-template-columns:1fr 1fr}table{font-size:8.5pt}th,td{padding:.1em .5em}tr{break-inside:avoid}thead{display:table-header-group}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;

    private readonly StringBuilder _page = new();

    /// <param name="title">The title, also that of the browser's window.</param>
    /// <param name="language">The language of the texts, such as <c>en</c>.</param>
    public HtmlPage(string title, string language = "en") =>
        _page.Append("<!doctype html>\n<html lang=\"").Append(Encoded(language)).Append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
            .Append(Encoded(title)).Append("</title><style>\n").Append(Style.ReplaceLineEndings("\n")).Append("\n</style></head><body>\n<h1>").Append(Encoded(title)).Append("</h1>\n");

    public void Heading(string text) => Element("h2", text);

    public void Paragraph(string text) => Element("p", text);

    /// <summary>Items one below the other.</summary>
    public void List(IEnumerable<string> items)
    {
        _page.Append("<ul>");
        foreach (string item in items) Element("li", item);
        _page.Append("</ul>\n");
    }

    /// <summary>A few numbers that matter most, in large letters.</summary>
    /// <param name="figures">What each is, the number, and what is to be said of it; lines of that are separated by line breaks.</param>
    public void Figures(IEnumerable<(string Name, string Value, string Note)> figures)
    {
        _page.Append("<dl class=\"figures\">");
        foreach (var (name, value, note) in figures)
        {
            _page.Append("<div><dt>").Append(Encoded(name)).Append("</dt><dd>");
            Lines(note.Length == 0 ? value : $"{value}\n{note}");
            _page.Append("</dd></div>");
        }
        _page.Append("</dl>\n");
    }

    /// <summary>A table; it scrolls sideways where the screen is narrower.</summary>
    public void Table(TextTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _page.Append("<div class=\"wide\"><table>");
        if (table.Title.Length > 0) Element("caption", table.Title);
        _page.Append("<thead><tr>");
        for (int i = 0; i < table.Heads.Count; i++) Cell("th scope=\"col\"", table.Heads[i], table.AreNumbers[i]);
        _page.Append("</tr></thead><tbody>\n");
        foreach (string[] row in table.Rows)
        {
            _page.Append("<tr>");
            for (int i = 0; i < row.Length; i++) Cell(i == 0 && !table.AreNumbers[0] ? "th scope=\"row\"" : "td", row[i], table.AreNumbers[i]);
            _page.Append("</tr>\n");
        }
        _page.Append("</tbody></table></div>\n");
    }

    /// <summary>Charts side by side where there is room: about 480 pixels wide they look best.</summary>
    public void Charts(IEnumerable<LineChart> charts)
    {
        _page.Append("<div class=\"charts\">\n");
        foreach (LineChart chart in charts) Figure(chart);
        _page.Append("</div>\n");
    }

    /// <summary>A chart over the whole width.</summary>
    public void Chart(LineChart chart) => Figure(chart);

    /// <summary>Pictures in rows and columns, as many side by side as there is room for.</summary>
    public void Pictures(IEnumerable<PagePicture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        _page.Append("<div class=\"pictures\">\n");
        foreach (PagePicture picture in pictures)
        {
            _page.Append("<figure><div class=\"images\">");
            foreach (PageImage image in picture.Images)
            {
                _page.Append(CultureInfo.InvariantCulture, $"<img width=\"{image.Width}\" height=\"{image.Height}\" alt=\"").Append(Encoded(image.Description))
                    .Append("\" src=\"").Append(image.Address).Append("\">");
            }
            _page.Append("</div><figcaption>");
            Lines(picture.Note.Length == 0 ? picture.Caption : $"{picture.Caption}\n{picture.Note}");
            _page.Append("</figcaption></figure>\n");
        }
        _page.Append("</div>\n");
    }

    /// <summary>What follows starts on a new sheet when it is printed.</summary>
    public void PageBreak() => _page.Append("<div class=\"break\"></div>\n");

    /// <summary>The page as it is so far.</summary>
    public override string ToString() => $"{_page}</body></html>\n";

    /// <summary>Writes the page to a file; folders that are missing are made.</summary>
    public void Save(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(path, ToString());
    }

    private void Figure(LineChart chart) => _page.Append("<figure>").Append(chart.ToSvg()).Append("</figure>\n");

    private void Element(string tag, string text)
    {
        _page.Append('<').Append(tag).Append('>').Append(Encoded(text)).Append("</").Append(tag).Append('>');
        if (tag is "h2" or "p") _page.Append('\n');
    }

    private void Cell(string tag, string text, bool isNumber)
    {
        _page.Append('<').Append(tag).Append(isNumber ? " class=\"n\">" : ">");
        Lines(text);
        _page.Append("</").Append(tag.AsSpan(0, 2)).Append('>');
    }

    private void Lines(string text)
    {
        string[] lines = text.Split('\n');
        _page.Append(Encoded(lines[0]));
        foreach (string line in lines.AsSpan(1)) _page.Append("<small>").Append(Encoded(line)).Append("</small>");
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
