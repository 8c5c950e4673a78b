namespace MLPipelines.Trainers;

/// <summary>
/// How far apart the features of a feature-major weight matrix are. The weights of one feature for all classes lie side by
/// side, padded with zeros so that vectors fit: to a multiple of 16 for more than 8 classes.
/// </summary>
internal static class ClassStride
{
    internal static int For(int classCount) => classCount switch
    {
        1 => 1,
        <= 4 => 4,
        <= 8 => 8,
        _ => checked((classCount + 15) / 16 * 16),
    };
}
