namespace MLPipelines.Data;

/// <summary>What the first rows of a file tell: the cells of the first, and the most fields that one of them has.</summary>
internal sealed record TextSample(string Name, string[]? FirstRow, int FieldCount)
{
    internal static TextSample None { get; } = new("the data", FirstRow: null, 0);

    internal static TextSample Read(TextLoader loader, IMultiStreamSource source, int rows)
    {
        string[]? first = null;
        int count = 0;
        string name = "the data";
        for (int file = 0; file < source.Count && first is null; file++)
        {
            using TextFile opened = TextFile.Open(source, file, loader.Format);
            name = opened.Name;
            var row = new TextRow(loader.AllowSparse, loader.InputSize);
            for (int i = 0; i < rows && opened.Reader.ReadRow(); i++)
            {
                first ??= opened.ReadCells();
                // A header has one cell per field even where the rows below are sparse.
                if (i == 0 && loader.HasHeader && loader.FixedHeader is null) count = first.Length;
                else if (count == 0 || !loader.HasHeader) count = Math.Max(count, row.Take(opened));
            }
            if (first is null && opened.Reader.Problem != RowProblem.None) throw TextFileErrors.OfProblem(opened.Name, opened.Reader);
        }
        return new TextSample(name, first, count);
    }
}
