using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

/// <summary>Kinds of JPEG, with the pixels that libjpeg-turbo makes of them: see make_variants.py beside this file.</summary>
public class JpegVariantTests
{
    private static readonly Dictionary<string, Variant> Variants = Read().ToDictionary(variant => variant.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Variants.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pixels_are_those_of_libjpeg(string name)
    {
        Variant variant = Variants[name];
        DecodedImage picture = ImageDecoders.Decode(variant.Jpeg, ImageLimits.Default);
        Assert.Equal((variant.Width, variant.Height, 1), (picture.Width, picture.Height, picture.Orientation));
        Assert.Equal(variant.Rgb, JpegPictures.Hash(picture));
    }

    /// <summary>The file of a kind.</summary>
    internal static byte[] File(string name) => [.. Variants[name].Jpeg];

    private static Variant[] Read() =>
        JsonSerializer.Deserialize<Variant[]>(JpegPictures.Beside("variants.json"), JsonSerializerOptions.Web)!;

    private sealed record Variant(string Name, int Width, int Height, string Rgb, byte[] Jpeg);
}
