namespace MLPipelines.Tensors.Cpu.Convolutions.Winograd;

/// <summary>
/// The tiles of a 3 × 3 correlation: two by two target pixels each, from four by four source pixels. Lavin and Gray (2016), F(2 × 2, 3 × 3):
/// Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A needs 16 products where the definition needs 36. All factors are halves and quarters, so little is lost to rounding.
/// </summary>
internal readonly unsafe struct WinogradTiling
{
    /// <summary>Products of one tile and pair of channels.</summary>
    internal const int Points = 16;

    /// <summary>Channels below which transforming takes longer than it saves.</summary>
    private const int LeastChannels = 16;

    private const int LeastTiles = 12;

    /// <summary>Numbers of a page of memory.</summary>
    private const nint Page = 1024;

    private readonly Correlation _correlation;

    internal WinogradTiling(in Correlation correlation)
    {
        _correlation = correlation;
        TileRows = (correlation.Rows + 1) / 2;
        TileColumns = (correlation.Columns + 1) / 2;
    }

    internal int TileRows { get; }

    internal int TileColumns { get; }

    internal int Tiles => _correlation.Images * TileRows * TileColumns;

    private int TilesToJudge => _correlation.IsByImage ? TileRows * TileColumns : Tiles;

    /// <summary>How far apart the points of so many numbers lie: not by whole pages, where all sixteen would contend for the same places in the cache.</summary>
    internal static nint Apart(nint numbers) => ((numbers + Page - 1) & -Page) + (5 * 16);

    /// <summary>The correlation has nine taps side by side, enough channels, and enough pixels.</summary>
    internal static bool Suits(in Correlation correlation)
    {
        if (correlation.TapCount != 9 || correlation.Groups != 1 || correlation.RowStep != 1 || correlation.ColumnStep != 1 || correlation.TargetRowStep != 1 || correlation.TargetColumnStep != 1) return false;
        if (Math.Min(correlation.GroupIn, correlation.GroupOut) < LeastChannels || new WinogradTiling(correlation).TilesToJudge < LeastTiles) return false;
        for (int i = 0; i < 9; i++)
            if (correlation.Taps[i].Row != i / 3 || correlation.Taps[i].Column != i % 3) return false;
        return true;
    }

    /// <summary>Where a tile's sixteen source pixels are; <paramref name="zeros"/> stand for those outside.</summary>
    internal readonly void Window(int tile, float* source, float* zeros, float** window)
    {
        (int image, int top, int left) = Corner(tile);
        top -= _correlation.PadTop;
        left -= _correlation.PadLeft;
        int width = _correlation.Width, channels = _correlation.Channels;
        float* pixels = source + ((nint)image * _correlation.Height * width * channels);
        for (int i = 0; i < 4; i++)
        {
            bool inside = (uint)(top + i) < (uint)_correlation.Height;
            float* row = pixels + (((nint)(top + i) * width + left) * channels);
            for (int j = 0; j < 4; j++, row += channels) window[(4 * i) + j] = inside && (uint)(left + j) < (uint)width ? row : zeros;
        }
    }

    /// <summary>Where a tile's four target pixels are; null for those outside.</summary>
    internal readonly void Targets(int tile, float* target, float** pixels)
    {
        (int image, int top, int left) = Corner(tile);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                pixels[(2 * i) + j] = top + i < _correlation.Rows && left + j < _correlation.Columns ? target + _correlation.TargetOffset(image, top + i) + ((nint)(left + j) * _correlation.TargetChannels) : null;
    }

    /// <summary>Calls the source pixels that come with so many tiles into the cache.</summary>
    internal readonly void AheadOfSource(int tile, int tiles, float* source)
    {
        if (tile >= Tiles) return;
        (int image, int row, _) = Corner(tile);
        Prefetch.Numbers(source + ((((nint)image * _correlation.Height) + row) * _correlation.Width * _correlation.Channels), (nint)4 * tiles * _correlation.Channels);
    }

    /// <summary>Calls the target pixels of so many tiles into the cache.</summary>
    internal readonly void AheadOfTarget(int tile, int tiles, float* target)
    {
        if (tile >= Tiles) return;
        (int image, int row, _) = Corner(tile);
        Prefetch.Numbers(target + _correlation.TargetOffset(image, row), (nint)4 * tiles * _correlation.TargetChannels);
    }

    private readonly (int Image, int Row, int Column) Corner(int tile)
    {
        (int line, int column) = Math.DivRem(tile, TileColumns);
        (int image, int row) = Math.DivRem(line, TileRows);
        return (image, 2 * row, 2 * column);
    }
}
