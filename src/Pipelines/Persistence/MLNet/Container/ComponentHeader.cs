using System.Buffers.Binary;
using System.Text;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// The first 256 bytes of a <c>Model.key</c>: where its parts are, and which component it is. All offsets are in bytes from the start
/// of the entry, and every part is checked to lie within it before anything is read.
/// </summary>
/// <param name="ModelSignature">Eight characters that name the layout of the payload.</param>
/// <param name="Loader">The name of the component, up to 24 characters.</param>
/// <param name="Version">The version that was written, such as 0x00010003.</param>
/// <param name="ReadableBy">The oldest version of the reader that understands it.</param>
/// <param name="Payload">Where the payload is.</param>
/// <param name="StringEnds">Where the table of strings is: of each, where its characters end, 8 bytes.</param>
/// <param name="Characters">Where the UTF-16 characters of all strings are.</param>
internal sealed record ComponentHeader(string ModelSignature, string Loader, uint Version, uint ReadableBy, (int Offset, int Length) Payload, (int Offset, int Length) StringEnds, (int Offset, int Length) Characters)
{
    internal const int Size = 0x100;

    private const ulong Magic = 0x4C45444F4D004C4D, Tail = 0x4D4C004D4F44454C;
    private const uint OldestHeader = 0x00010001, NewestHeader = 0x00010002;

    internal static bool IsIn(ReadOnlySpan<byte> entry) => entry.Length >= Size && BinaryPrimitives.ReadUInt64LittleEndian(entry) == Magic;

    /// <exception cref="FormatException">The bytes are no header, or point outside of the entry.</exception>
    internal static ComponentHeader Read(ReadOnlySpan<byte> entry)
    {
        if (!IsIn(entry)) throw new FormatException($"it has {entry.Length} bytes and no header");
        uint written = UInt32(entry, 0x08), readable = UInt32(entry, 0x0C);
        if (readable > NewestHeader || written < OldestHeader || readable > written) throw new FormatException($"its header has version 0x{written:X8}, expected 0x{OldestHeader:X8} to 0x{NewestHeader:X8}");
        var payload = Part(entry, 0x10, "payload");
        var ends = Part(entry, 0x20, "table of strings");
        var characters = Part(entry, 0x30, "characters");
        (int tail, int afterTail) = Part(entry, 0x80, "end", isEnd: true);
        if (payload.Offset != Size || ends.Length % sizeof(long) != 0 || characters.Length % sizeof(char) != 0) throw new FormatException("its parts are not where they should be");
        if (afterTail - tail != sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(entry[tail..]) != Tail) throw new FormatException("it does not end as it should");
        return new ComponentHeader(Name(entry.Slice(0x40, 8)), Name(entry.Slice(0x50, 24)), UInt32(entry, 0x48), UInt32(entry, 0x4C), payload, ends, characters);
    }

    private static (int Offset, int Length) Part(ReadOnlySpan<byte> entry, int at, string what, bool isEnd = false)
    {
        long first = BinaryPrimitives.ReadInt64LittleEndian(entry[at..]), second = BinaryPrimitives.ReadInt64LittleEndian(entry[(at + 8)..]);
        // The end is given by where it begins and ends, other parts by where they begin and their length.
        bool fits = first >= 0 && second >= 0 && first <= entry.Length && second <= entry.Length && (isEnd ? first <= second : first + second <= entry.Length);
        return fits ? ((int)first, (int)second) : throw new FormatException($"its {what} is said to be at {first} ({second}), outside of its {entry.Length} bytes");
    }

    private static uint UInt32(ReadOnlySpan<byte> entry, int at) => BinaryPrimitives.ReadUInt32LittleEndian(entry[at..]);

    private static string Name(ReadOnlySpan<byte> characters) => Encoding.Latin1.GetString(characters.TrimEnd((byte)0));
}
