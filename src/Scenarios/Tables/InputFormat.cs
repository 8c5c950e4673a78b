namespace MLPipelines.Scenarios.Tables;

/// <summary>What the user said of the layout of a data file; <see langword="null"/> is looked for in the file.</summary>
/// <param name="Separator">The character between fields.</param>
/// <param name="DecimalMark">What separates the decimals of numbers.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="Quoting">Whether fields may stand in double quotes.</param>
/// <param name="Sheet">The sheet of an Excel workbook; <see langword="null"/> for the first one.</param>
internal sealed record InputFormat(char? Separator = null, char? DecimalMark = null, bool? HasHeader = null, bool? Quoting = null, string? Sheet = null);
