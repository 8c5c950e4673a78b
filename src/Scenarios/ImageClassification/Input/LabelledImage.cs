using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>A picture of a set, and its class. It is decoded whenever it is read; nothing is kept.</summary>
public abstract class LabelledImage
{
    private protected LabelledImage(string name, string label) => (Name, Label) = (name, label);

    /// <summary>What to call it in messages: its path from the set's root, or its number in an IDX file.</summary>
    public string Name { get; }

    /// <summary>The name of its class.</summary>
    public string Label { get; }

    /// <summary>Decodes it; a photo that says how the camera was held is upright.</summary>
    /// <exception cref="MLPipelinesException">It is not there, is no picture, or is damaged; the message names it.</exception>
    public abstract MLImage Read();

    /// <summary>Bytes that are the same only for the same picture.</summary>
    internal abstract byte[] Content();
}

/// <summary>A picture in a file, or in a file of an archive.</summary>
internal sealed class EncodedImage(ImageFile file, string label, ImageLimits limits) : LabelledImage(file.Name, label)
{
    public override MLImage Read()
    {
        byte[] content = Content();
        try
        {
            MLImage image = MLImage.CreateFromBytes(content, limits);
            image.Tag = Name;
            return image;
        }
        catch (MLPipelinesException e)
        {
            throw new MLPipelinesException($"{Name}: {e.Message}", e);
        }
    }

    internal override byte[] Content()
    {
        try
        {
            return file.Read(limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new MLPipelinesException($"{Name} cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>A grey picture of an IDX file.</summary>
internal sealed class PixelImage(string name, string label, ReadOnlyMemory<byte> pixels, int width, int height) : LabelledImage(name, label)
{
    public override MLImage Read()
    {
        byte[] bgra = new byte[4 * pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            bgra.AsSpan(4 * i, 3).Fill(pixels.Span[i]);
            bgra[4 * i + 3] = byte.MaxValue;
        }
        return new MLImage(width, height, MLPixelFormat.Bgra32, bgra) { Tag = Name };
    }

    internal override byte[] Content() => pixels.ToArray();
}
