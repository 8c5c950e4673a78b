using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

/// <summary>What tests of JPEG share.</summary>
internal static class JpegPictures
{
    /// <summary>Red, green and blue of all pixels.</summary>
    internal static byte[] Rgb(DecodedImage picture)
    {
        byte[] rgb = new byte[picture.Width * picture.Height * 3];
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
            (rgb[to], rgb[to + 1], rgb[to + 2]) = (picture.Pixels[from + 2], picture.Pixels[from + 1], picture.Pixels[from]);
        return rgb;
    }

    /// <summary>The SHA-256 of <see cref="Rgb"/>.</summary>
    internal static string Hash(DecodedImage picture) => Convert.ToHexStringLower(SHA256.HashData(Rgb(picture)));

    /// <summary>The largest difference of two pictures of one size, over all samples.</summary>
    internal static int Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Assert.Equal(a.Length, b.Length);
        int largest = 0;
        for (int i = 0; i < a.Length; i++) largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }

    /// <summary>A file that stands beside the tests' source.</summary>
    internal static string Beside(string file, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, file));

    /// <summary>The place of a marker.</summary>
    internal static int IndexOf(byte[] jpeg, byte marker) => jpeg.AsSpan().IndexOf([(byte)0xFF, marker]);
}
