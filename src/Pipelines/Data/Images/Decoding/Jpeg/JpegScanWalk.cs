namespace MLPipelines.Data;

/// <summary>What a scan does with one block of a component.</summary>
internal interface IJpegBlocks
{
    /// <summary>Starts a restart interval: nothing that came before counts any more.</summary>
    void Restart();

    /// <returns>Whether the data stand for a block; otherwise they are damaged.</returns>
    bool Read(ref JpegBits bits, JpegComponent component, int row, int column);
}

/// <summary>Goes through the blocks of a scan in coded order.</summary>
internal static class JpegScanWalk
{
    /// <remarks>
    /// A scan of a progressive picture may end early when another segment follows: the rest of the picture then stays as the scans before
    /// it left it, less sharp. In any other picture the rest would be missing.
    /// </remarks>
    /// <returns>Where in the file the scan's data end.</returns>
    /// <exception cref="MLPipelinesException">The data are damaged, or end before the picture does.</exception>
    internal static int Read<TBlocks>(TBlocks blocks, JpegFrame frame, JpegScan scan, int restartInterval, JpegScanData data)
        where TBlocks : struct, IJpegBlocks
    {
        // A component alone comes block by block, without those that only fill up interleaved units.
        JpegComponent first = scan.Components[0];
        bool alone = scan.Components.Length == 1;
        int across = alone ? first.BlocksAcross : frame.UnitsAcross, down = alone ? first.BlocksDown : frame.UnitsDown;
        int units = across * down, interval = restartInterval == 0 ? units : restartInterval;
        for (int unit = 0, restart = 0; unit < units; restart = restart + 1 & 7)
        {
            if (unit > 0) data.Restart(restart - 1 & 7);
            int start = data.At;
            JpegBits bits = data.TakeInterval();
            blocks.Restart();
            foreach (JpegComponent component in scan.Components) component.LastDirect = 0;
            for (int end = (int)Math.Min(units, (long)unit + interval), row = unit / across, column = unit % across; unit < end; unit++)
            {
                bool read = alone ? blocks.Read(ref bits, first, row, column) : Unit(ref blocks, ref bits, scan.Components, row, column);
                if (bits.HasOverrun && frame.IsProgressive && data.Marker != 0) return data.At;
                if (bits.HasOverrun) throw JpegFault.At(data.At, $"found {data.Found} in the data of a scan, expected {units - unit} more of its {units} units. The file is truncated or damaged.");
                if (!read) throw JpegFault.At(start, $"found damaged data in unit {unit} of the {units} of a scan: no Huffman code, or more coefficients than a block has.");
                if (++column == across) (row, column) = (row + 1, 0);
            }
        }
        return data.At;
    }

    private static bool Unit<TBlocks>(ref TBlocks blocks, ref JpegBits bits, JpegComponent[] components, int row, int column)
        where TBlocks : struct, IJpegBlocks
    {
        foreach (JpegComponent component in components)
            for (int y = 0; y < component.Down; y++)
                for (int x = 0; x < component.Across; x++)
                    if (!blocks.Read(ref bits, component, row * component.Down + y, column * component.Across + x)) return false;
        return true;
    }
}
