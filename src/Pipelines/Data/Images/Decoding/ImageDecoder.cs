namespace MLPipelines.Data;

/// <summary>
/// Reads one image format. A decoder holds no state. Whatever bytes it is given, it returns a picture or throws
/// <see cref="MLPipelinesException"/>, after time and memory in proportion to the bytes and to the pixels that the limits allow.
/// </summary>
internal abstract class ImageDecoder
{
    /// <summary>The name of the format, which messages start with.</summary>
    internal abstract string Format { get; }

    /// <summary>Whether the first bytes of a file are those of this format. Fewer bytes than a signature has are not an error.</summary>
    internal abstract bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Decodes a whole file. Width and height are checked with <see cref="ImageLimits.Check"/> before memory is taken.</summary>
    /// <exception cref="MLPipelinesException">The file is damaged, larger than allowed, or of a kind that is not supported.</exception>
    internal abstract DecodedImage Decode(ReadOnlySpan<byte> file, ImageLimits limits);

    /// <summary>The error for a file that cannot be decoded: what was found, where, and what was expected.</summary>
    protected MLPipelinesException Invalid(string problem) => new($"{Format}: {problem}");
}
