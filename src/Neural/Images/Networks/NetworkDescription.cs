using MLPipelines.Tensors;

namespace MLPipelines.Neural.Images;

/// <summary>Everything that a network is made by, besides its numbers.</summary>
/// <param name="Kind">The family.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Channels">1 for grey pictures, 3 for red, green and blue.</param>
/// <param name="Classes">Scores.</param>
/// <param name="Features">Channels after the first convolution.</param>
/// <param name="Blocks">Residual blocks of each stage; empty for families without stages.</param>
/// <param name="HasLargeStem">Whether it begins with a convolution of 7×7 in steps of 2 and pooling, as for photos of 224×224.</param>
/// <param name="Dropout">The rate of dropout before the last layer.</param>
internal sealed record NetworkDescription(
    NetworkKind Kind, int Height, int Width, int Channels, int Classes, int Features, IReadOnlyList<int> Blocks, bool HasLargeStem = false, float Dropout = 0)
{
    internal int PixelCount => Height * Width * Channels;

    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal ImageNetwork Create(RandomSource random) => Kind switch
    {
        NetworkKind.SmallConvolutional => new SmallConvolutional(this, random),
        NetworkKind.DepthwiseSeparable => new DepthwiseSeparable(this, random),
        _ => new ResidualNetwork(this, random),
    };

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("network", Kind);
        writer.Set("height", Height);
        writer.Set("width", Width);
        writer.Set("channels", Channels);
        writer.Set("classes", Classes);
        writer.Set("features", Features);
        writer.Set("blocks", Blocks);
        writer.Set("large-stem", HasLargeStem);
    }

    internal static NetworkDescription Load(ModelStepReader reader)
    {
        if (!Enum.TryParse(reader.GetString("network"), out NetworkKind kind) || !Enum.IsDefined(kind)) throw reader.Invalid($"networks of the kind '{reader.GetString("network")}' are not known");
        IReadOnlyList<int> blocks = reader.GetInt32s("blocks");
        if (blocks.Count > 8 || blocks.Any(count => count is < 1 or > 200)) throw reader.Invalid($"stages of {string.Join(", ", blocks)} blocks");
        return new NetworkDescription(kind, Size("height", 1 << 14), Size("width", 1 << 14), Size("channels", 3), Size("classes", 1 << 24), Size("features", 1 << 14), blocks, reader.GetBoolean("large-stem"));

        int Size(string name, int most) => reader.GetInt32(name) is int size && size >= 1 && size <= most ? size : throw reader.Invalid($"parameter '{name}' is {reader.GetInt32(name)}, expected 1 to {most}");
    }
}
