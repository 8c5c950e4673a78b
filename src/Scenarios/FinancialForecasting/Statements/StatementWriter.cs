using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>
/// Writes statements as delimited text: a row per period with its date, whether it is <c>history</c> or <c>forecast</c>, the amount of each line and,
/// behind all amounts, the two ends of each interval; in units, to the last digit.
/// </summary>
internal sealed class StatementWriter : IDisposable
{
    private readonly DelimitedWriter _writer;

    internal StatementWriter(Stream stream, IReadOnlyList<string> lines, char separator)
    {
        _writer = new DelimitedWriter(stream, separator, leaveOpen: true);
        _writer.WriteField("date");
        _writer.WriteField("type");
        foreach (string line in lines) _writer.WriteField(line);
        foreach (string line in lines)
        {
            _writer.WriteField($"{line} lower");
            _writer.WriteField($"{line} upper");
        }
        _writer.EndRow();
    }

    internal void Write(string date, bool isForecast, IReadOnlyList<double> amounts, IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        _writer.WriteField(date);
        _writer.WriteField(isForecast ? "forecast" : "history");
        foreach (double amount in amounts) Write(amount);
        for (int i = 0; i < lower.Count; i++)
        {
            Write(lower[i]);
            Write(upper[i]);
        }
        _writer.EndRow();
    }

    private void Write(double amount) => _writer.WriteField(double.IsNaN(amount) ? "" : amount.ToString("R", CultureInfo.InvariantCulture));

    public void Dispose() => _writer.Dispose();
}
