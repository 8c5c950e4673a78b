using MLPipelines.Data;

namespace MLPipelines.AutoML;

public sealed partial class AutoCatalog
{
    /// <summary>
    /// Looks at a file, the whole of it once: how it is laid out, what its columns hold, and what each is good for. Nothing is
    /// kept in memory. <see cref="ColumnInferenceResults.ToString"/> shows what was found.
    /// </summary>
    /// <param name="path">A delimited file, plain or gzip, or an Excel workbook; see <see cref="MultiFileSource"/>.</param>
    /// <param name="labelColumnName">The column to predict.</param>
    /// <param name="separatorChar">The character between fields; looked for when left out.</param>
    /// <param name="allowQuoting">Whether fields may be in double quotes; looked for when left out.</param>
    /// <param name="allowSparse">Whether rows may be sparse. Default no.</param>
    /// <param name="trimWhitespace">Whether white space at the end of rows is left out.</param>
    /// <param name="groupColumns">Whether all columns of numbers become one vector <c>Features</c>, and all of truth values <c>BooleanFeatures</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The file has no such column.</exception>
    /// <exception cref="MLPipelinesException">The file is empty, is no text, or cannot be cut into rows.</exception>
    public ColumnInferenceResults InferColumns(string path, string labelColumnName = "Label", char? separatorChar = null, bool? allowQuoting = null, bool? allowSparse = null, bool trimWhitespace = false, bool groupColumns = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        return InferColumns(path, new ColumnInformation { LabelColumnName = labelColumnName }, separatorChar, allowQuoting, allowSparse, trimWhitespace, groupColumns);
    }

    /// <summary>Looks at a file; what the caller says of its columns is taken as it is.</summary>
    /// <param name="path">A delimited file, plain or gzip, or an Excel workbook.</param>
    /// <param name="columnInformation">What is known; every column that it names must be in the file.</param>
    /// <param name="separatorChar">The character between fields; looked for when left out.</param>
    /// <param name="allowQuoting">Whether fields may be in double quotes; looked for when left out.</param>
    /// <param name="allowSparse">Whether rows may be sparse. Default no.</param>
    /// <param name="trimWhitespace">Whether white space at the end of rows is left out.</param>
    /// <param name="groupColumns">Whether columns of numbers become vectors.</param>
    /// <exception cref="MLPipelinesException">Also: a column that is said to hold numbers holds something else.</exception>
    public ColumnInferenceResults InferColumns(string path, ColumnInformation columnInformation, char? separatorChar = null, bool? allowQuoting = null, bool? allowSparse = null, bool trimWhitespace = false, bool groupColumns = true)
    {
        var options = new TextFileInferenceOptions { Separator = separatorChar, AllowQuoting = allowQuoting };
        return new ColumnInference(Context, path, options, allowSparse ?? false, trimWhitespace).Infer(columnInformation ?? new ColumnInformation(), groupColumns);
    }

    /// <summary>Looks at a file whose label is known by its index.</summary>
    /// <param name="path">A delimited file, plain or gzip, or an Excel workbook.</param>
    /// <param name="labelColumnIndex">The index of the column to predict, from 0. Without a header it is called <c>Label</c>.</param>
    /// <param name="hasHeader">Whether the first row names the columns.</param>
    /// <param name="separatorChar">The character between fields; looked for when left out.</param>
    /// <param name="allowQuoting">Whether fields may be in double quotes; looked for when left out.</param>
    /// <param name="allowSparse">Whether rows may be sparse. Default no.</param>
    /// <param name="trimWhitespace">Whether white space at the end of rows is left out.</param>
    /// <param name="groupColumns">Whether columns of numbers become vectors.</param>
    public ColumnInferenceResults InferColumns(string path, uint labelColumnIndex, bool hasHeader = false, char? separatorChar = null, bool? allowQuoting = null, bool? allowSparse = null, bool trimWhitespace = false, bool groupColumns = true)
    {
        var options = new TextFileInferenceOptions { Separator = separatorChar, AllowQuoting = allowQuoting, HasHeader = hasHeader };
        return new ColumnInference(Context, path, options, allowSparse ?? false, trimWhitespace).Infer(labelColumnIndex, groupColumns);
    }
}
