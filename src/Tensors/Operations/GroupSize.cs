namespace MLPipelines.Tensors;

/// <summary>
/// (outer, positions, groups, width): the numbers of one outer item and one group are normalized together. Layer normalization has one position and one group; group normalization of
/// images (N, H, W, C) has H W positions.
/// </summary>
internal readonly record struct GroupSize(int Outer, int Positions, int Groups, int Width)
{
    /// <summary>Channels: as many as there are scales and shifts.</summary>
    internal int Channels => Groups * Width;

    /// <summary>Numbers of one outer item.</summary>
    internal int Item => Positions * Channels;
}
