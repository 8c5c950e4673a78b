namespace MLPipelines.Tensors.Cpu;

/// <summary>Some positions of one head as the second factor of products, in panels that tiles read: as they lie or turned.</summary>
internal unsafe struct HeadFactor
{
    private float* _all, _packed, _panels, _zeros;
    private int _positions, _width, _rounded;
    private bool _isTurned;

    // Between the positions of a text; between rows of a panel, and between panels.
    private nint _step, _stride, _next;

    /// <summary>(positions, width), such as values: read as they lie where rows are whole vectors, else copied.</summary>
    /// <param name="all">All positions of all heads.</param>
    /// <param name="positions">How many a text has.</param>
    /// <param name="size">Heads and their width.</param>
    /// <param name="scratch">Where copies go.</param>
    /// <param name="most">The most positions at a time.</param>
    internal static HeadFactor Lying<T>(float* all, int positions, in AttentionSize size, Scratch scratch, int most)
        where T : unmanaged, ILanes<T>
    {
        HeadFactor factor = Of<T>(all, positions, size, scratch);
        if (factor._rounded != size.Width) factor._packed = scratch.Floats((long)most * factor._rounded);
        return factor;
    }

    /// <summary>(width, positions), such as keys for scores.</summary>
    /// <inheritdoc cref="Lying{T}"/>
    internal static HeadFactor Turned<T>(float* all, int positions, in AttentionSize size, Scratch scratch, int most)
        where T : unmanaged, ILanes<T>
    {
        HeadFactor factor = Of<T>(all, positions, size, scratch);
        factor._isTurned = true;
        factor._packed = scratch.Floats((long)(most + Tiles.Columns<T>()) * size.Width);
        return factor;
    }

    /// <summary>Takes some positions of a head as the factor.</summary>
    internal void Take<T>(int batch, int head, int first, int count)
        where T : unmanaged, ILanes<T>
    {
        int columns = Tiles.Columns<T>();
        float* from = _all + ((nint)batch * _positions + first) * _step + (nint)head * _width;
        _panels = _packed == null ? from : _packed;
        _stride = _isTurned ? columns : _packed == null ? _step : _rounded;
        _next = _isTurned ? (nint)columns * _width : columns;
        if (_packed == null) return;
        if (!_isTurned) Packing.Rows<T>(new Matrix(from, _step), count, _width, _packed, _rounded, _rounded);
        // Panels one after the other, zeros after the last position.
        for (int j = 0; j < count && _isTurned; j += columns)
            Packing.Rows<T>(new Matrix(from + j * _step, 1, _step), _width, Math.Min(columns, count - j), _packed + (nint)j * _width, columns, columns);
    }

    /// <summary>to = a factor, or to += a factor, by tiles alone: an item does not depend on how many rows there are.</summary>
    internal readonly void Multiply<T, TOrder>(float* a, nint aStride, int rows, int depth, int columns, float* to, nint toStride, bool adds)
        where T : unmanaged, ILanes<T>
        where TOrder : struct, IOrder
    {
        float* panel = _panels;
        int wide = Tiles.Columns<T>();
        for (int n = 0; n < columns; n += wide, panel += _next)
            Tiles.Run<T, TOrder>(a, aStride, rows, panel, _stride, Math.Min(wide, columns - n), depth, adds ? to + n : _zeros, adds ? toStride : 0, to + n, toStride);
    }

    private static HeadFactor Of<T>(float* all, int positions, in AttentionSize size, Scratch scratch)
        where T : unmanaged, ILanes<T>
    {
        float* zeros = scratch.Floats(Tiles.Columns<T>());
        new Span<float>(zeros, Tiles.Columns<T>()).Clear();
        return new HeadFactor { _all = all, _positions = positions, _width = size.Width, _rounded = size.Rounded<T>(size.Width), _step = size.Stride, _zeros = zeros };
    }
}
