using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// The rounds of MurmurHash3, 32 bits for x86 (Austin Appleby, public domain). As in ML.NET, n-grams give what is shorter than a block
/// and the length a round each too, so that texts and sequences of keys are hashed alike.
/// </summary>
internal static class MurmurHash
{
    /// <summary>Takes one block of four bytes.</summary>
    internal static uint Round(uint hash, uint block)
    {
        hash ^= BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
        return BitOperations.RotateLeft(hash, 13) * 5 + 0xE6546B64;
    }

    /// <summary>The last step: every bit of the hash comes to depend on every other.</summary>
    internal static uint Finish(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    /// <summary>The hash of the UTF-8 form of a text.</summary>
    internal static uint OfText(uint seed, ReadOnlySpan<char> text)
    {
        uint hash = Blocks(seed, text, out uint tail, out int length);
        if (length % 4 != 0) hash = Round(hash, tail);
        return Finish(Round(hash, (uint)length));
    }

    /// <summary>The hash of the UTF-8 form of a text, as the published algorithm ends it.</summary>
    internal static uint OfUtf8(uint seed, ReadOnlySpan<char> text)
    {
        uint hash = Blocks(seed, text, out uint tail, out int length);
        hash ^= BitOperations.RotateLeft(tail * 0xCC9E2D51, 15) * 0x1B873593;
        return Finish(hash ^ (uint)length);
    }

    /// <summary>Takes the whole blocks of the UTF-8 form of a text.</summary>
    /// <param name="seed">The hash to start with.</param>
    /// <param name="text">The text.</param>
    /// <param name="tail">The bytes that are left over, the first one lowest.</param>
    /// <param name="length">The number of bytes.</param>
    private static uint Blocks(uint seed, ReadOnlySpan<char> text, out uint tail, out int length)
    {
        uint hash = seed;
        length = 0;
        Span<byte> bytes = stackalloc byte[256 + 3];
        int held = 0;
        while (!text.IsEmpty || held >= 4)
        {
            // Whole characters are taken while they fit; what is not a whole block waits for the next ones.
            OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(text, bytes[held..], out int read, out int written, replaceInvalidSequences: true, isFinalBlock: true);
            text = status == OperationStatus.Done ? default : text[read..];
            length += written;
            held += written;
            int at = 0;
            for (; at + 4 <= held; at += 4) hash = Round(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]));
            bytes[at..held].CopyTo(bytes);
            held -= at;
        }
        tail = 0;
        for (int i = held - 1; i >= 0; i--) tail = (tail << 8) | bytes[i];
        return hash;
    }
}
