namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>How a file of financial lines is laid out; what is left out is found out.</summary>
public sealed record FinancialTableOptions
{
    /// <summary>The column of periods: months, quarters or years, such as <c>2024-01</c>, <c>31/01/2024</c>, <c>Jan 2024</c>, <c>2024Q1</c>. Otherwise the first column.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>How periods are written, in .NET's way, such as <c>dd/MM/yyyy</c>.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>The column that names the line of a row, for files with one amount per row.</summary>
    public string? LineColumn { get; init; }

    /// <summary>The column of amounts, for files with one amount per row.</summary>
    public string? AmountColumn { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>What separates the decimals of amounts: a point or a comma.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>The character between fields.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether fields may stand in double quotes.</summary>
    public bool? AllowQuoting { get; init; }

    /// <summary>The sheet of an Excel workbook; otherwise the first one.</summary>
    public string? SheetName { get; init; }
}
