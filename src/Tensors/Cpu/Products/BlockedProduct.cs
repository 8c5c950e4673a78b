using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// A product by blocks (Goto and van de Geijn 2008): B is copied to panels as wide as a tile, a part takes some rows of A and goes through B panel by panel, tile by tile.
/// </summary>
/// <remarks>What is read only a few times or lies well already is not copied.</remarks>
internal static unsafe class BlockedProduct
{
    // A panel of 256 by 32 and a tile's rows of A fit into the first-level cache together.
    private const int MostDepth = 512;

    // What is packed of B at a time stays in the third-level cache.
    private const int MostPacked = 1 << 20;

    // Fewer multiplications than this are not worth a thread.
    private const double LeastWork = 100_000;

    // Nor are fewer numbers to pack.
    private const double LeastPacked = 16_384;

    private struct Work
    {
        internal MatrixProduct Product;

        /// <summary>Panels of B one after the other, or null where B is read as it lies.</summary>
        internal float* Packed;
        internal bool PacksA;

        /// <summary>The part of B that is packed: where its rows and columns begin and how many they are.</summary>
        internal int Row, Rows, Column, Columns;

        /// <summary>The size of a part of C.</summary>
        internal int Height, Width;
        internal int PartsAcross;
        internal int PiecesPerPart;
    }

    /// <summary>How many numbers the panels of B take.</summary>
    internal static long PackedLength(int depth, int columns) => depth * ((long)columns + 32);

    /// <summary>Copies all of B to panels, for products that come again and again with the same B.</summary>
    /// <param name="b">(depth, columns)</param>
    /// <param name="depth">Rows of B.</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="packed">Receives <see cref="PackedLength"/> numbers.</param>
    internal static void PackPanels(Matrix b, int depth, int columns, float* packed)
    {
        Work work = new() { Product = new MatrixProduct { B = b }, Packed = packed, Rows = depth, Columns = columns };
        switch (KernelWidths.Current)
        {
            case KernelWidth.V512:
                PackAll<Lanes16>(&work);
                break;
            case KernelWidth.V256:
                PackAll<Lanes8>(&work);
                break;
            default:
                PackAll<Lanes1>(&work);
                break;
        }
    }

    internal static void Run<T>(MatrixProduct* product)
        where T : unmanaged, ILanes<T>
    {
        Work work = new() { Product = *product };
        int rows = product->Rows, columns = product->Columns, depth = product->Depth, width = Tiles.Columns<T>(), height = Tiles.Rows<T>();
        Matrix a = product->A, b = product->B;
        bool lies = b.ColumnStride == 1 && !b.IsBFloat16;
        bool isPacked = product->Packed != null, packsB = !isPacked && !(lies && (rows <= 2 * height || columns == b.RowStride && columns <= width && columns % T.Count == 0));
        work.PacksA = a.IsBFloat16 || (a.ColumnStride != 1 && a.RowStride != 1) || (columns > 2 * width && rows > height && (a.ColumnStride != 1 || IsCrowded(a.RowStride) || columns > 8 * width));
        Split(ref work, rows, columns, depth, height, width);
        int mostColumns = columns, mostRows = Math.Max(1, depth);
        if ((packsB || isPacked) && (long)depth * columns > MostPacked)
        {
            // As many columns as fit, but not fewer than 512: then rather fewer rows.
            mostColumns = Math.Min(columns, Math.Max(512, MostPacked / depth / width * width));
            if (packsB && (long)depth * mostColumns > MostPacked) mostRows = Math.Max(1, MostPacked / mostColumns / MostDepth) * MostDepth;
        }
        using Scratch scratch = Scratch.Open();
        if (packsB) work.Packed = scratch.Floats((long)(mostColumns + width - 1) / width * width * mostRows);
        for (work.Column = 0; work.Column < columns; work.Column += mostColumns)
        {
            work.Columns = Math.Min(mostColumns, columns - work.Column);
            for (work.Row = 0; work.Row < depth || work.Row == 0; work.Row += mostRows)
            {
                work.Rows = Math.Min(mostRows, depth - work.Row);
                if (packsB && work.Rows > 0) PackAll<T>(&work);
                if (isPacked) work.Packed = product->Packed + (long)work.Column * depth;
                work.PartsAcross = (work.Columns + work.Width - 1) / work.Width;
                Crew.Run((rows + work.Height - 1) / work.Height * work.PartsAcross, &Part<T>, &work);
            }
        }
    }

    // Rows whose distance is a multiple of half a page share few places of the first-level cache.
    private static bool IsCrowded(nint stride) => stride % 512 is < 16 or > 496;

    // Parts of about the same size, as many as pay, cut between rows where there are enough of them.
    private static void Split(ref Work work, int rows, int columns, int depth, int height, int width)
    {
        double multiplications = (double)rows * columns * depth;
        int parts = (int)Math.Clamp(multiplications / LeastWork, 1, Math.Clamp(multiplications / 4e6, 8, 64));
        int tiles = (rows + height - 1) / height, panels = (columns + width - 1) / width;
        int down = Math.Clamp(parts, 1, Math.Max(1, tiles / 2));
        // No more rows than have their block of A in half of the second-level cache.
        down = Math.Max(down, (rows + 255) / 256);
        // Columns are cut only where rows do not give enough parts, since each part copies its rows of A.
        int across = down >= 16 ? 1 : Math.Clamp((parts + down - 1) / down, 1, panels);
        work.Height = (rows + down - 1) / down;
        // Whole vectors where A is turned.
        if (work.Height > 16) work.Height = (work.Height + 15) / 16 * 16;
        work.Width = (panels + across - 1) / across * width;
    }

    private static void PackAll<T>(Work* work)
        where T : unmanaged, ILanes<T>
    {
        // Whole rows where they lie side by side, else whole panels.
        int width = Tiles.Columns<T>(), pieces = work->Product.B.ColumnStride == 1 ? work->Rows : (work->Columns + width - 1) / width;
        int parts = (int)Math.Clamp((double)work->Rows * work->Columns / LeastPacked, 1, pieces);
        work->PiecesPerPart = (pieces + parts - 1) / parts;
        Crew.Run((pieces + work->PiecesPerPart - 1) / work->PiecesPerPart, &Pack<T>, work);
    }

    private static void Pack<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        Matrix b = work->Product.B.From(work->Row, work->Column);
        int width = Tiles.Columns<T>(), first = part * work->PiecesPerPart, end = first + work->PiecesPerPart;
        if (b.ColumnStride == 1)
        {
            Packing.Panels<T>(b, first, Math.Min(end, work->Rows), work->Rows, work->Columns, work->Packed, width);
            return;
        }
        for (int column = first * width; column < Math.Min(end * width, work->Columns); column += width)
        {
            Packing.Rows<T>(b.From(0, column), work->Rows, Math.Min(width, work->Columns - column), work->Packed + (long)column * work->Rows, width, width);
        }
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        MatrixProduct* product = &work->Product;
        int row = part / work->PartsAcross * work->Height, rows = Math.Min(work->Height, product->Rows - row);
        int column = part % work->PartsAcross * work->Width, end = Math.Min(column + work->Width, work->Columns), width = Tiles.Columns<T>();
        using Scratch scratch = Scratch.Open();
        int blocks = Math.Max(1, (work->Rows + MostDepth - 1) / MostDepth), most = Math.Max(1, (work->Rows + blocks - 1) / blocks);
        float* packedA = work->PacksA ? scratch.Floats((long)rows * (most + 16)) : null;
        float* edge = work->Packed == null && (end - column) % T.Count != 0 ? scratch.Floats((long)width * most) : null;
        float* zeros = scratch.Floats(width);
        new Span<float>(zeros, width).Clear();
        for (int k = 0; k < work->Rows || k == 0; k += most)
        {
            int depth = Math.Min(most, work->Rows - k);
            bool isFirst = work->Row + k == 0, isLast = work->Row + k + depth == product->Depth;
            Strip strip = new(product->A.From(row, work->Row + k), rows, depth, product->Stride);
            if (work->PacksA) strip.PackA<T>(packedA);
            for (int n = column; n < end; n += width)
            {
                strip.Columns = Math.Min(width, end - n);
                if (work->Packed != null)
                {
                    strip.B = work->Packed + (long)n * work->Rows + (long)k * width;
                    strip.BStride = width;
                }
                else
                {
                    Matrix b = product->B.From(work->Row + k, work->Column + n);
                    strip.B = b.Floats;
                    strip.BStride = b.RowStride;
                    // A whole vector would read beyond the matrix.
                    if (strip.Columns % T.Count != 0)
                    {
                        Packing.Rows<T>(b, depth, strip.Columns, edge, width, width);
                        strip.B = edge;
                        strip.BStride = width;
                    }
                }
                float* bias = product->Bias == null ? null : product->Bias + work->Column + n;
                strip.To = product->C + row * product->Stride + work->Column + n;
                bool adds = product->Adds || !isFirst;
                strip.From = adds ? strip.To : bias == null ? zeros : bias;
                strip.FromStride = adds ? product->Stride : 0;
                // A bias that the sums do not begin with is added in the end.
                strip.Bias = isLast && product->Adds ? bias : null;
                strip.Activation = isLast ? product->Activation : Activation.None;
                if (strip.A.ColumnStride == 1) strip.Run<T, ByRow>();
                else strip.Run<T, ByColumn>();
            }
        }
    }
}
