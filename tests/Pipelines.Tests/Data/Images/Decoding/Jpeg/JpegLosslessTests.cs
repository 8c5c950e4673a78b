using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

public class JpegLosslessTests
{
    private const int Width = 9, Height = 6;

    [Theory]
    [InlineData(1, 8, 0, 0)]
    [InlineData(2, 8, 0, 0)]
    [InlineData(3, 8, 0, Width)]
    [InlineData(4, 16, 0, 0)]
    [InlineData(5, 16, 3, 0)]
    [InlineData(6, 12, 0, 2 * Width)]
    [InlineData(7, 5, 1, 0)]
    public void Samples_come_back(int prediction, int precision, int shift, int restartInterval)
    {
        int[] samples = new int[Width * Height];
        var random = new Random(prediction);
        for (int i = 0; i < samples.Length; i++) samples[i] = random.Next(1 << precision) >> shift << shift;
        DecodedImage picture = ImageDecoders.Decode(Encoded(samples, prediction, precision, shift, restartInterval), ImageLimits.Default);
        Assert.Equal((Width, Height), (picture.Width, picture.Height));
        for (int i = 0; i < samples.Length; i++) Assert.Equal(precision < 8 ? samples[i] << 8 - precision : samples[i] >> precision - 8, picture.Pixels[4 * i]);
    }

    /// <summary>Codes the differences of samples with a table in which each of the lengths 0 to 16 has a code of five bits.</summary>
    private static byte[] Encoded(int[] samples, int prediction, int precision, int shift, int restartInterval)
    {
        List<byte> scan = [];
        string bits = "";
        int first = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            if (restartInterval > 0 && i > 0 && i % restartInterval == 0)
            {
                Flush(scan, ref bits);
                scan.AddRange([0xFF, (byte)(JpegMarker.FirstRestart + (i / restartInterval - 1) % 8)]);
                first = i;
            }
            int At(int x, int y) => samples[(i / Width - y) * Width + i % Width - x] >> shift;
            int predicted = i == first ? 1 << precision - shift - 1 : i < first + Width ? At(1, 0) : i % Width == 0 ? At(0, 1) : prediction switch
            {
                1 => At(1, 0),
                2 => At(0, 1),
                3 => At(1, 1),
                4 => At(1, 0) + At(0, 1) - At(1, 1),
                5 => At(1, 0) + (At(0, 1) - At(1, 1) >> 1),
                6 => At(0, 1) + (At(1, 0) - At(1, 1) >> 1),
                _ => At(1, 0) + At(0, 1) >> 1,
            };
            int difference = (short)((samples[i] >> shift) - predicted), size = 0;
            while (size < 16 && Math.Abs(difference) >= 1 << size) size++;
            bits += Convert.ToString(size, 2).PadLeft(5, '0');
            if (size is > 0 and < 16) bits += Convert.ToString((difference < 0 ? difference - 1 : difference) & (1 << size) - 1, 2).PadLeft(size, '0');
        }
        Flush(scan, ref bits);
        return
        [
            0xFF, JpegMarker.StartOfImage,
            0xFF, JpegMarker.LosslessFrame, 0, 11, (byte)precision, 0, Height, 0, Width, 1, 1, 0x11, 0,
            0xFF, JpegMarker.HuffmanTables, 0, 36, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Range(0, 17).Select(size => (byte)size),
            0xFF, JpegMarker.RestartInterval, 0, 4, 0, (byte)restartInterval,
            0xFF, JpegMarker.StartOfScan, 0, 8, 1, 1, 0, (byte)prediction, 0, (byte)shift,
            .. scan, 0xFF, JpegMarker.EndOfImage,
        ];
    }

    private static void Flush(List<byte> scan, ref string bits)
    {
        while (bits.Length % 8 != 0) bits += '1';
        for (int i = 0; i < bits.Length; i += 8)
        {
            scan.Add(Convert.ToByte(bits.Substring(i, 8), 2));
            if (scan[^1] == 0xFF) scan.Add(0);
        }
        bits = "";
    }
}
