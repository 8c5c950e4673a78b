using System.Runtime.Intrinsics;

namespace MLPipelines.Data;

/// <summary>The rows of a component with a sample for each pixel of the picture.</summary>
internal abstract unsafe class JpegPlaneRows(JpegComponent plane)
{
    protected JpegComponent Plane { get; } = plane;

    /// <summary>Chooses how a plane becomes as dense as the picture.</summary>
    internal static JpegPlaneRows Of(JpegComponent plane, JpegFrame frame, JpegArena arena)
    {
        if (plane.Across == frame.Across && plane.Down == frame.Down) return new JpegWholeRows(plane);
        // Smoothing needs a neighbour on each side; a plane of two columns is widened by repeating, as other decoders do.
        bool halvedAcross = plane.Across * 2 == frame.Across && plane.Width > 2, halvedDown = plane.Down * 2 == frame.Down;
        if (halvedAcross && (halvedDown || plane.Down == frame.Down)) return new JpegWidenedRows(plane, halvedDown, arena);
        if (halvedDown && plane.Across == frame.Across) return new JpegBetweenRows(plane, arena);
        return new JpegRepeatedRows(plane, frame, arena);
    }

    /// <summary>The working memory that a plane's rows take.</summary>
    internal static long Bytes(JpegFrame frame) => 2 * JpegArena.Size(2 * (frame.Width + 2L * frame.Across));

    /// <summary>The row of a row of pixels. Bytes after the picture's width are arbitrary, and the next call may overwrite it.</summary>
    internal abstract byte* Row(int y);

    /// <summary>A row of the plane; those above and below the picture equal its first and last.</summary>
    protected byte* Stored(int row) => Plane.Samples + (nint)Math.Clamp(row, 0, Plane.Height - 1) * Plane.Stride;
}

/// <summary>A plane that has a sample for each pixel.</summary>
internal sealed unsafe class JpegWholeRows(JpegComponent plane) : JpegPlaneRows(plane)
{
    internal override byte* Row(int y) => Stored(y);
}

/// <summary>
/// A plane with half the columns, and perhaps half the rows. Each sample stands between two pixels, so that a pixel gets three quarters of the
/// nearest sample and a quarter of the next ("triangle filter"), across and down.
/// </summary>
internal sealed unsafe class JpegWidenedRows(JpegComponent plane, bool halvedDown, JpegArena arena) : JpegPlaneRows(plane)
{
    // One sum before the row and one after it.
    private readonly ushort* _sums = (ushort*)arena.Take(sizeof(ushort) * (plane.Width + 2L)) + 1;
    private readonly byte* _row = arena.Take(2L * plane.Width);

    internal override byte* Row(int y)
    {
        int width = Plane.Width;
        byte* near = Stored(halvedDown ? y >> 1 : y), far = halvedDown ? Stored((y & 1) == 0 ? (y >> 1) - 1 : (y >> 1) + 1) : near;
        for (int x = 0; x < width; x += Vector128<byte>.Count)
        {
            var (lower, upper) = Vector128.Widen(Vector128.Load(near + x));
            if (halvedDown)
            {
                var (farLower, farUpper) = Vector128.Widen(Vector128.Load(far + x));
                (lower, upper) = (lower * 3 + farLower, upper * 3 + farUpper);
            }
            lower.Store(_sums + x);
            upper.Store(_sums + x + 8);
        }
        // With its own neighbours at both ends, the first and the last pixel are the samples themselves.
        (_sums[-1], _sums[width]) = (_sums[0], _sums[width - 1]);
        if (halvedDown) Widen(8, 7, 4);
        else Widen(1, 2, 2);
        return _row;
    }

    private void Widen(ushort roundLeft, ushort roundRight, int shift)
    {
        Vector128<ushort> left = Vector128.Create(roundLeft), right = Vector128.Create(roundRight);
        for (int x = 0; x < Plane.Width; x += Vector128<ushort>.Count)
        {
            Vector128<ushort> sums = Vector128.Load(_sums + x) * 3;
            Vector128<ushort> first = sums + Vector128.Load(_sums + x - 1) + left >> shift, second = sums + Vector128.Load(_sums + x + 1) + right >> shift;
            (first | second << 8).Store((ushort*)_row + x);
        }
    }
}

/// <summary>A plane with half the rows, filtered like <see cref="JpegWidenedRows"/>.</summary>
internal sealed unsafe class JpegBetweenRows(JpegComponent plane, JpegArena arena) : JpegPlaneRows(plane)
{
    private readonly byte* _row = arena.Take(plane.Width);

    internal override byte* Row(int y)
    {
        bool upper = (y & 1) == 0;
        byte* near = Stored(y >> 1), far = Stored(upper ? (y >> 1) - 1 : (y >> 1) + 1);
        int round = upper ? 1 : 2;
        for (int x = 0; x < Plane.Width; x++) _row[x] = (byte)(3 * near[x] + far[x] + round >> 2);
        return _row;
    }
}

/// <summary>A plane of any other density: each pixel has the sample that it lies in.</summary>
internal sealed unsafe class JpegRepeatedRows(JpegComponent plane, JpegFrame frame, JpegArena arena) : JpegPlaneRows(plane)
{
    private readonly byte* _row = arena.Take(frame.Width);
    private int _stored = -1;

    internal override byte* Row(int y)
    {
        int row = y * Plane.Down / frame.Down;
        if (row == _stored) return _row;
        _stored = row;
        byte* samples = Stored(row);
        for (int x = 0; x < frame.Width; x++) _row[x] = samples[x * Plane.Across / frame.Across];
        return _row;
    }
}
