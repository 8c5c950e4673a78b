using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MLPipelines.Data;

/// <summary>
/// The rounds of MurmurHash3, 32 bits for x86 (Austin Appleby, public domain). As in ML.NET, what is shorter than a block and the length
/// take a round each too, so that texts and sequences of keys are hashed alike.
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
        uint hash = seed;
        int length = 0;
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
        uint tail = 0;
        for (int i = held - 1; i >= 0; i--) tail = (tail << 8) | bytes[i];
        if (held > 0) hash = Round(hash, tail);
        return Finish(Round(hash, (uint)length));
    }

    /// <summary>
    /// The hash of the characters of a text, each as one to three bytes as in UTF-8, halves of surrogate pairs too. In the older form the bytes of a character come last
    /// one first, and the length takes a round; in the newer one a character beyond ASCII turns what is waiting for a block around with it, and what is left over is no whole round.
    /// </summary>
    internal static uint OfCharacters(uint seed, ReadOnlySpan<char> text, bool isNewer)
    {
        uint hash = seed;
        int length = 0, bits = 0;
        ulong held = 0;
        foreach (char character in text)
        {
            uint c = character;
            if (c <= 0x7F)
            {
                held |= (ulong)c << bits;
                bits += 8;
            }
            else if (c <= 0x7FF)
            {
                held |= (ulong)((c & 0x3F) | ((c << 2) & 0x1F00) | 0xC080) << bits;
                if (isNewer) held = ((held & 0xFF) << 8) | (held >> 8);
                bits += 16;
            }
            else
            {
                held |= (ulong)((c & 0x3F) | ((c << 2) & 0x3F00) | ((c << 4) & 0x0F0000) | 0xE08080) << bits;
                if (isNewer) held = ((held & 0xFF) << 16) | (((held >> 8) & 0xFF) << 8) | (held >> 16);
                bits += 24;
            }
            if (bits < 32) continue;
            hash = Round(hash, (uint)held);
            held >>= 32;
            bits -= 32;
            length += 4;
        }
        length += bits / 8;
        if (!isNewer) return Finish(Round(bits > 0 ? Round(hash, (uint)held) : hash, (uint)length));
        uint tail = (uint)held & ((1u << bits) - 1);
        if (bits > 0) hash ^= BitOperations.RotateLeft(tail * 0xCC9E2D51, 15) * 0x1B873593;
        return Finish(hash ^ (uint)length);
    }
}
