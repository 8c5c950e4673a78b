using System.Globalization;

namespace MLPipelines.Data;

/// <summary>
/// Writes a view as delimited text that loads again exactly: a description of the columns, a header, and rows whose last columns are
/// written sparse where most of their items are 0.
/// </summary>
internal static class TextSaver
{
    /// <summary>An item that is written sparse takes about so many fields' worth of characters.</summary>
    private const double SparseWeight = 2.5;

    private const int LeastSparse = 5;

    internal static void Save(BatchView view, DataViewSchema.Column[] columns, Stream stream, char separator, bool headerRow, bool schema, bool forceDense)
    {
        FieldWriter[] fields = Array.ConvertAll(columns, FieldWriter.Create);
        bool hasHeader = headerRow && Array.Exists(fields, field => field.HasNames);
        using var writer = new DelimitedWriter(stream, separator, leaveOpen: true, quotesSparseItems: true);
        if (schema)
        {
            foreach (string line in SchemaComment.Write(columns, separator, hasHeader))
            {
                writer.WriteRawFields(line);
                writer.EndRow();
            }
        }
        if (hasHeader)
        {
            foreach (FieldWriter field in fields) field.WriteNames(writer);
            writer.EndRow();
        }
        int firstSparse = 1 + Array.FindLastIndex(fields, field => !field.CanBeSparse);
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, columns));
        while (cursor.Next() is { } batch)
        {
            for (int i = 0; i < fields.Length; i++) fields[i].Column = batch[columns[i].Index];
            for (int row = 0; row < batch.RowCount; row++)
            {
                WriteRow(writer, fields, row, forceDense ? fields.Length : FirstSparse(fields, row, firstSparse));
                writer.EndRow();
            }
        }
    }

    private static void WriteRow(DelimitedWriter writer, FieldWriter[] fields, int row, int firstSparse)
    {
        foreach (FieldWriter field in fields.AsSpan(0, firstSparse)) field.WriteDense(row, writer);
        if (firstSparse == fields.Length) return;
        ReadOnlySpan<FieldWriter> sparse = fields.AsSpan(firstSparse);
        int length = 0, stored = 0;
        foreach (FieldWriter field in sparse)
        {
            length += field.LengthOf(row);
            stored += field.StoredOf(row);
        }
        writer.WriteRawFields(length.ToString(CultureInfo.InvariantCulture));
        int offset = 0;
        foreach (FieldWriter field in sparse)
        {
            field.WriteSparse(row, offset, writer);
            offset += field.LengthOf(row);
        }
        // Without an item the row would not be known for a sparse one.
        if (stored == 0) sparse[0].WriteDefault(0, writer);
    }

    /// <summary>The column from which on a row is written sparse, so that it gets short; the number of columns when it is not worth it.</summary>
    private static int FirstSparse(FieldWriter[] fields, int row, int least)
    {
        int best = fields.Length, length = 0, bestLength = 0;
        double saved = 0, mostSaved = 0;
        // From the last column backwards: what is saved by writing everything from here on sparse.
        for (int i = fields.Length - 1; i >= least; i--)
        {
            length += fields[i].LengthOf(row);
            saved += fields[i].LengthOf(row) - (SparseWeight * fields[i].StoredOf(row));
            if (saved > mostSaved) (best, bestLength, mostSaved) = (i, length, saved);
        }
        return bestLength >= LeastSparse ? best : fields.Length;
    }
}
