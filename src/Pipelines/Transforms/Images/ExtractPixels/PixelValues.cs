using MLPipelines.Data;

namespace MLPipelines.Transforms.Image;

/// <summary>What is extracted of pictures.</summary>
internal sealed record PixelValues
{
    /// <exception cref="ArgumentOutOfRangeException">The offset or scale is not finite, or the scale is 0.</exception>
    internal PixelValues(PixelLayout layout, float offsetImage, float scaleImage, bool asFloats)
    {
        // Bytes are as they are in the picture.
        if (!asFloats) (offsetImage, scaleImage) = (ImagePixelExtractingEstimator.Defaults.Offset, ImagePixelExtractingEstimator.Defaults.Scale);
        if (!float.IsFinite(offsetImage)) throw new ArgumentOutOfRangeException(nameof(offsetImage), offsetImage, "The offset is a finite number.");
        if (!float.IsFinite(scaleImage) || scaleImage == 0) throw new ArgumentOutOfRangeException(nameof(scaleImage), scaleImage, "The scale is a finite number other than 0.");
        (Layout, Offset, Scale, AsFloats) = (layout, offsetImage, scaleImage, asFloats);
    }

    internal PixelLayout Layout { get; }

    internal float Offset { get; }

    internal float Scale { get; }

    internal bool AsFloats { get; }

    internal NumberDataViewType ItemType => AsFloats ? NumberDataViewType.Single : NumberDataViewType.Byte;

    /// <summary>The number that stands for each of the 256 values of a colour.</summary>
    internal float[] NumberOfByte()
    {
        float[] numbers = new float[256];
        for (int value = 0; value < numbers.Length; value++) numbers[value] = (value - Offset) * Scale;
        return numbers;
    }

    internal void Save(ModelStepWriter writer)
    {
        Layout.Save(writer);
        writer.Set("offset", Offset);
        writer.Set("scale", Scale);
        writer.Set("floats", AsFloats);
    }

    internal static PixelValues Load(ModelStepReader reader)
    {
        var layout = PixelLayout.Load(reader);
        float offset = (float)reader.GetDouble("offset"), scale = (float)reader.GetDouble("scale");
        if (!float.IsFinite(offset) || !float.IsFinite(scale) || scale == 0) throw reader.Invalid($"offset {offset} and scale {scale}");
        return new PixelValues(layout, offset, scale, reader.GetBoolean("floats"));
    }
}
