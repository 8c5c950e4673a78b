using System.IO.Compression;
using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.TextLoading;

public class EncodingTests
{
    private const string Text = "标签,text\n退款,naïve 😀 café\n";

    private static readonly TextFormat Csv = new(",", Quoting: true, BlockSize: 16);

    private static readonly string[][] Expected = [["标签", "text"], ["退款", "naïve 😀 café"]];

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Text) },
        { "UTF-8 with mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)] },
        { "UTF-16 LE with mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)] },
        { "UTF-16 BE with mark", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)] },
        { "gzip", Gzip(Encoding.UTF8.GetBytes(Text)) },
        { "gzip in two members", [.. Gzip(Encoding.UTF8.GetBytes(Text[..7])), .. Gzip(Encoding.UTF8.GetBytes(Text[7..]))] },
        { "gzip of UTF-8 with mark", Gzip([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)]) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_is_the_same_in_every_encoding(string encoding, byte[] bytes)
    {
        Assert.NotEmpty(encoding);
        Assert.Equal(Expected, TextInMemory.Rows(bytes, Csv));
    }

    [Fact]
    public void Characters_may_be_split_between_reads()
    {
        using var reader = new DelimitedReader(new CharSource(new DripStream(Encoding.UTF8.GetBytes(Text)), "drip"), Csv);
        Assert.True(reader.ReadRow());
        Assert.True(reader.ReadRow());
        Assert.Equal("naïve 😀 café", reader[1].ToString());
    }

    [Fact]
    public void A_stream_that_cannot_seek_may_be_gzip()
    {
        using var reader = new DelimitedReader(new CharSource(new DripStream(Gzip(Encoding.UTF8.GetBytes(Text))), "drip"), Csv);
        Assert.True(reader.ReadRow());
        Assert.Equal("标签", reader[0].ToString());
    }

    [Fact]
    public void A_cut_off_gzip_file_is_an_error()
    {
        byte[] whole = Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},{i * 7919}\n"))));
        var error = Assert.Throws<MLPipelinesException>(() => TextInMemory.Rows(whole[..(whole.Length / 2)], Csv));
        Assert.StartsWith("tickets.csv cannot be read: the file is damaged, or cut off before its end.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_an_error_that_names_the_line()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes("a,b\nc,d\ncafé,1\n");
        var error = Assert.Throws<MLPipelinesException>(() => TextInMemory.Rows(latin1, Csv with { BlockSize = 1000 }));
        Assert.Equal("tickets.csv line 3: found the byte 0xE9, which is not UTF-8 there, after \"caf\"; expected UTF-8. "
            + "If the file is in another encoding, convert it, such as with: iconv -f GB18030 -t UTF-8 (or -f WINDOWS-1252).", error.Message);
    }

    [Fact]
    public void Rows_before_a_bad_byte_are_read()
    {
        byte[] bytes = [.. "a,b\nc,d\n"u8, 0xFF, .. ",1\n"u8];
        using var reader = new DelimitedReader(new CharSource(new MemoryStream(bytes), "x"), Csv);
        Assert.True(reader.ReadRow());
        Assert.True(reader.ReadRow());
        Assert.False(reader.ReadRow());
        Assert.Equal(RowProblem.InvalidUtf8, reader.Problem);
    }

    internal static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Gives one byte at a time and cannot go back.</summary>
    private sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);
    }
}
