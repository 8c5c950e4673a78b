namespace MLPipelines.Vision;

/// <summary>Pictures and labels for one step of training. Its arrays are filled anew once the next batch was asked for.</summary>
public sealed class ImageBatch
{
    internal ImageBatch(int capacity, int pictureSize, int classCount) =>
        (PixelBuffer, LabelBuffer, RowBuffer, Bytes) = (new float[capacity * pictureSize], new float[capacity * classCount], new int[capacity], new byte[pictureSize]);

    /// <summary>How many pictures there are.</summary>
    public int Count { get; internal set; }

    /// <summary>The pictures (count, height, width, channels).</summary>
    public ReadOnlySpan<float> Pixels => PixelBuffer.AsSpan(0, PixelBuffer.Length / RowBuffer.Length * Count);

    /// <summary>The share of each class in each picture (count, classes): 1 for its class, unless pictures were mixed.</summary>
    public ReadOnlySpan<float> Labels => LabelBuffer.AsSpan(0, LabelBuffer.Length / RowBuffer.Length * Count);

    /// <summary>Which pictures of the set they are.</summary>
    public ReadOnlySpan<int> Rows => RowBuffer.AsSpan(0, Count);

    internal float[] PixelBuffer { get; }

    internal float[] LabelBuffer { get; }

    internal int[] RowBuffer { get; }

    /// <summary>One picture as bytes, while it is worked on.</summary>
    internal byte[] Bytes { get; }
}
