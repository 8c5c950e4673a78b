namespace MLPipelines.Tokenizers;

/// <summary>
/// The 256 characters by which GPT-2's vocabularies write bytes: those that can be seen in Latin-1 stand for themselves, the others for U+0100, U+0101, …
/// (so a space is <c>Ġ</c>). Radford et al., "Language Models are Unsupervised Multitask Learners" (2019).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Chars = new char[256];
    private static readonly short[] Bytes = new short[512];

    static ByteAlphabet()
    {
        Array.Fill(Bytes, (short)-1);
        for (int value = 0, hidden = 256; value < 256; value++)
        {
            Chars[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)hidden++;
            Bytes[Chars[value]] = (short)value;
        }
    }

    /// <summary>The character of a byte.</summary>
    internal static char CharOf(byte value) => Chars[value];

    /// <summary>The byte of a character; -1 for characters that stand for none.</summary>
    internal static int ByteOf(char c) => c < Bytes.Length ? Bytes[c] : -1;
}
