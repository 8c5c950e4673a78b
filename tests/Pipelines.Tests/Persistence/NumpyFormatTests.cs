using System.Text;
using MLPipelines.Persistence;

namespace MLPipelines.Tests.Persistence;

public class NumpyFormatTests
{
    // What numpy.save writes (NumPy 1.24): magic, 118 bytes of header, the values. For example
    // b = io.BytesIO(); np.save(b, np.array([[1.5, -2], [0.1, 3e38]], dtype='<f4')); b.getvalue()
    private static byte[] Numpy(string descriptor, string shape, string values) =>
    [
        0x93, .. "NUMPY"u8, 1, 0, 0x76, 0,
        .. Encoding.ASCII.GetBytes($"{{'descr': '{descriptor}', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n"),
        .. Convert.FromHexString(values),
    ];

    [Fact]
    public void Arrays_are_the_bytes_that_numpy_writes()
    {
        Check<float>([1.5f, -2, 0.1f, 3e38f], [2, 2], Numpy("<f4", "2, 2", "0000c03f000000c0cdcccc3de6b1617f"));
        Check<long>([1, -2, 9007199254740993], [3], Numpy("<i8", "3,", "0100000000000000feffffffffffffff0100000000002000"));
        Check<bool>([true, false], [2], Numpy("|b1", "2,", "0100"));
        Check<double>([], [0, 3], Numpy("<f8", "0, 3", ""));
        Check<sbyte>([-1, 127], [2], Numpy("|i1", "2,", "ff7f"));
        Check<byte>([255], [1], Numpy("|u1", "1,", "ff"));
        Check<Half>([(Half)1], [1], Numpy("<f2", "1,", "003c"));
        Check<short>([-2], [1], Numpy("<i2", "1,", "feff"));
        Check<ushort>([65534], [1], Numpy("<u2", "1,", "feff"));
        Check<int>([-2], [1], Numpy("<i4", "1,", "feffffff"));
        Check<uint>([4294967294], [1], Numpy("<u4", "1,", "feffffff"));
        Check<ulong>([ulong.MaxValue], [1], Numpy("<u8", "1,", "ffffffffffffffff"));

        static void Check<T>(T[] values, int[] shape, byte[] bytes) where T : unmanaged
        {
            Assert.Equal(bytes, NumpyFormat.Write<T>(values, shape));
            Assert.Equal(values, NumpyFormat.Read<T>(bytes, shape));
            Assert.Equal(values, NumpyFormat.Read<T>(bytes, Array.ConvertAll(shape, _ => -1)));
        }
    }

    [Fact]
    public void A_long_header_still_ends_on_64_bytes()
    {
        int[] shape = [.. Enumerable.Repeat(1, 40)];
        byte[] bytes = NumpyFormat.Write<byte>([7], shape);
        Assert.Equal(1, bytes.Length % 64);
        Assert.Equal((byte)'\n', bytes[^2]);
        Assert.Equal([7], NumpyFormat.Read<byte>(bytes, shape));
    }

    [Fact]
    public void Values_and_shape_must_fit_when_writing() =>
        Assert.Throws<ArgumentException>(() => NumpyFormat.Write<float>([1, 2, 3], [2, 2]));

    [Theory]
    [InlineData("<f8", "2,", "0000000000000000", "it holds '<f8' values, expected '<f4'")]
    [InlineData("<f4", "3,", "0000000000000000", "its shape is 3, expected 2")]
    [InlineData("<f4", "1, 2", "0000000000000000", "its shape is 1 × 2, expected 2")]
    [InlineData("<f4", "2,", "00000000000000", "it has 7 bytes of values")]
    [InlineData("<f4", "2,", "000000000000000000", "it has 9 bytes of values")]
    [InlineData("<f4", "-2,", "0000000000000000", "its shape cannot be read")]
    [InlineData("<f4", "two,", "0000000000000000", "its shape cannot be read")]
    [InlineData("<f4", "99999999999,", "", "its shape cannot be read")]
    [InlineData("<f4", "2147483647, 2147483647, 4", "", "its shape is too large")]
    public void What_does_not_fit_is_said(string descriptor, string shape, string values, string problem)
    {
        var error = Assert.Throws<FormatException>(() => NumpyFormat.Read<float>(Numpy(descriptor, shape, values), [2]));
        Assert.StartsWith(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_bytes_are_no_array()
    {
        byte[] good = Numpy("<f4", "1,", "00000000");
        foreach (int length in new[] { 0, 5, 9 }) Assert.Throws<FormatException>(() => NumpyFormat.Read<float>(good.AsSpan(0, length), [1]));
        Assert.Equal("its header is cut off", Assert.Throws<FormatException>(() => NumpyFormat.Read<float>(good.AsSpan(0, 50), [1])).Message);
        Assert.Throws<FormatException>(() => NumpyFormat.Read<float>([.. good[..6], 2, .. good[7..]], [1]));
        string fortran = Encoding.Latin1.GetString(good).Replace("False", "True ", StringComparison.Ordinal);
        Assert.Equal("it is in Fortran order, expected C order", Assert.Throws<FormatException>(() => NumpyFormat.Read<float>(Encoding.Latin1.GetBytes(fortran), [1])).Message);
        Assert.Equal("it has truth values other than 0 and 1", Assert.Throws<FormatException>(() => NumpyFormat.Read<bool>(Numpy("|b1", "2,", "0102"), [2])).Message);
    }
}
