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
            bool readsHeader = loader.HasHeader && loader.FixedHeader is null;
            if (!opened.ReadHeader(loader.LeastFields)) continue;
            first = opened.ReadCells();
            // A header has one cell per field even where the rows below are sparse.
            count = readsHeader ? first.Length : row.Take(opened);
            for (int i = 1; i < rows && !readsHeader && opened.Reader.ReadRow(); i++)
                if (!opened.Reader.LooksLikeComment) count = Math.Max(count, row.Take(opened));
        }
        return new TextSample(name, first, count);
    }
}
