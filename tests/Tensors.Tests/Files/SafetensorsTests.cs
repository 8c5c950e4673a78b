using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using MLPipelines.Tensors.Tests.Operations;

namespace MLPipelines.Tensors.Tests.Files;

public class SafetensorsTests
{
    [Fact]
    public void All_types_of_a_foreign_file_are_read()
    {
        StateDictionary state = StateDictionary.Load(Beside("half.safetensors"));
        Close.Equal([0.5f, -1.25f, 65504, 5.9604645e-8f], state["f16"].ToArray(), 1e-12);
        Assert.Equal([1.5f, -3], state["bf16"].To(ElementType.Float32).ToArray());
        Assert.Equal([1, 2, 3.5f], state["f32"].ToArray());
        Assert.Equal([-7], state["i64"].ToIndices());
        Assert.Equal(0, state["i64"].Rank);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        StateDictionary state = [new NamedTensor("a", Tensor.From([1, 2, 3, 4], [2, 2]).Transpose()), new NamedTensor("ü \"b\"", Tensor.OfIndices(5)), new NamedTensor("none", Tensor.Zeros([0, 3]))];
        byte[] first = Write(state), second = Write(state);
        Assert.Equal(first, second);
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(first) % 8);
        StateDictionary read = StateDictionary.Load(new MemoryStream(first));
        Assert.Equal(["a", "ü \"b\"", "none"], read.Select(item => item.Name));
        Assert.Equal([1, 3, 2, 4], read["a"].ToArray());
        Assert.Equal([5], read["ü \"b\""].ToIndices());
        Assert.Equal(Shape.Of([0, 3]), read["none"].Shape);
    }

    [Fact]
    public void Saving_replaces_a_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            new StateDictionary { { "a", Tensor.Of(1, 2) } }.Save(path);
            Assert.Equal([1, 2], StateDictionary.Load(path)["a"].ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", "JSON")]
    [InlineData("""[1,2]""", "no JSON object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", "takes 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2000000000,2000000000],"data_offsets":[0,8]}}""", "more elements")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,2],"data_offsets":[0,8]}}""", "6 axes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", "C64")]
    [InlineData("""{"a":{"dtype":"F32","shape":[400000000],"data_offsets":[0,1600000000]}}""", "ends too soon")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "goes on")]
    [InlineData("""{"a":7}""", "'a'")]
    public void A_header_that_lies_is_an_error(string header, string expected)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = [.. new byte[8], .. text, .. new byte[8]];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        var error = Assert.Throws<InvalidDataException>(() => StateDictionary.Load(new MemoryStream(file), "x.safetensors"));
        Assert.Contains("x.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_of_a_header_end_in_an_error_or_a_state()
    {
        byte[] file = File.ReadAllBytes(Beside("half.safetensors"));
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => StateDictionary.Load(new MemoryStream(file, 0, length)));
        for (int at = 0; at < file.Length - 40; at++)
        {
            byte[] changed = [.. file];
            changed[at] ^= 0x15;
            var error = Record.Exception(() => StateDictionary.Load(new MemoryStream(changed)));
            Assert.True(error is null or InvalidDataException, $"Byte {at}: {error}");
        }
    }

    private static byte[] Write(StateDictionary state)
    {
        using var stream = new MemoryStream();
        state.Save(stream);
        return stream.ToArray();
    }

    private static string Beside(string name, [CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, name);
}
