using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Loading from Excel workbooks: <c>mlContext.Data.LoadFromExcel</c>.</summary>
public static class ExcelLoaderCatalog
{
    /// <summary>
    /// A view of a sheet with all its columns, whose names and types are found out as those of a CSV file are; missing numbers
    /// are NaN. Rows are read when they are asked for.
    /// </summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">A workbook: .xlsx, .xlsm, .xlsb or .xls.</param>
    /// <param name="sheetName">A sheet; the first one that is not hidden when left out.</param>
    /// <param name="hasHeader">Whether the first row that is not empty names the columns; looked for when left out.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MLPipelinesException">The file is no workbook, or has no such sheet, or the sheet is empty.</exception>
    public static IDataView LoadFromExcel(this DataOperationsCatalog catalog, string path, string? sheetName = null, bool? hasHeader = null)
    {
        var source = new MultiFileSource(path) { SheetName = sheetName };
        InferredTextFile sheet = TextFileInference.Infer(source, new TextFileInferenceOptions { HasHeader = hasHeader });
        return new TextLoader(catalog.Environment, sheet.ToOptions(), source).Load(source);
    }

    /// <summary>A view of a sheet with the columns that a type's public fields and properties describe.</summary>
    /// <typeparam name="TInput">
    /// A type whose members are read from the column that <see cref="LoadColumnAttribute"/> or <see cref="LoadColumnNameAttribute"/>
    /// says, or from the one that is called like the member. <see cref="NoColumnAttribute"/> leaves a member out.
    /// </typeparam>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">A workbook: .xlsx, .xlsm, .xlsb or .xls.</param>
    /// <param name="sheetName">A sheet; the first one that is not hidden when left out.</param>
    /// <param name="hasHeader">Whether the first row that is not empty names the columns.</param>
    public static IDataView LoadFromExcel<[DynamicallyAccessedMembers(MemberColumns.Members)] TInput>(
        this DataOperationsCatalog catalog, string path, string? sheetName = null, bool hasHeader = true)
    {
        var source = new MultiFileSource(path) { SheetName = sheetName };
        var options = new TextLoader.Options
        {
            Separators = [Workbook.Separator], AllowQuoting = true, HasHeader = hasHeader, MissingRealsAsNaNs = true, Columns = MemberColumns.Of<TInput>(byMemberName: hasHeader),
        };
        return new TextLoader(catalog.Environment, options, source).Load(source);
    }
}
