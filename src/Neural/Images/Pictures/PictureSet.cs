using MLPipelines.Data;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Images;

/// <summary>Pictures with their classes, counted from 0.</summary>
internal sealed record PictureSet(IImageSet Images, int[] Labels, int ClassCount, PictureInput Input)
{
    internal int Count => Images.Count;

    /// <summary>Some of the pictures.</summary>
    internal PictureSet Pick(int[] rows) => this with { Images = new SomePictures(Images, rows), Labels = [.. rows.Select(row => Labels[row])] };

    /// <summary>A number that other pictures or labels almost surely do not have: that of the labels and of some hundred pictures.</summary>
    internal ulong Fingerprint()
    {
        ulong hash = 14695981039346656037;
        byte[] samples = new byte[Images.Shape.Size];
        for (int row = 0; row < Count; row++) Add((ulong)Labels[row]);
        int step = Math.Max(1, Count / 256);
        for (int row = 0; row < Count; row += step)
        {
            Images.Read(row, samples);
            foreach (byte sample in samples) Add(sample);
        }
        return hash;

        void Add(ulong value) => hash = (hash ^ value) * 1099511628211;
    }

    private sealed class SomePictures(IImageSet images, int[] rows) : IImageSet
    {
        public int Count => rows.Length;

        public ImageShape Shape => images.Shape;

        public void Read(int index, Span<byte> pixels) => images.Read(rows[index], pixels);
    }
}

/// <summary>Pictures that are kept as the bytes of their files and decoded whenever they are read.</summary>
internal sealed class EncodedPictures(IReadOnlyList<byte[]> files, PictureInput input) : IImageSet
{
    public int Count => files.Count;

    public ImageShape Shape => input.Shape;

    public void Read(int index, Span<byte> pixels) => input.Copy(MLImage.CreateFromBytes(files[index]), pixels);
}
