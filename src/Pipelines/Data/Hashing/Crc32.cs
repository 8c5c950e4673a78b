using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>The check sum of zip archives and PNG pictures (IEEE 802.3), eight bytes at a time through eight tables.</summary>
internal static class Crc32
{
    private static readonly uint[] Tables = CreateTables();

    /// <param name="bytes">What to sum.</param>
    /// <param name="start">The sum of the bytes before these.</param>
    internal static uint Of(ReadOnlySpan<byte> bytes, uint start = 0)
    {
        uint[] tables = Tables;
        uint crc = ~start;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes), high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[0x700 + (byte)low] ^ tables[0x600 + (byte)(low >> 8)] ^ tables[0x500 + (byte)(low >> 16)] ^ tables[0x400 + (low >> 24)]
                ^ tables[0x300 + (byte)high] ^ tables[0x200 + (byte)(high >> 8)] ^ tables[0x100 + (byte)(high >> 16)] ^ tables[high >> 24];
        }
        foreach (byte b in bytes) crc = (crc >> 8) ^ tables[(byte)crc ^ b];
        return ~crc;
    }

    private static uint[] CreateTables()
    {
        uint[] tables = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            tables[i] = crc;
        }
        for (int i = 256; i < tables.Length; i++) tables[i] = (tables[i - 256] >> 8) ^ tables[(byte)tables[i - 256]];
        return tables;
    }
}
