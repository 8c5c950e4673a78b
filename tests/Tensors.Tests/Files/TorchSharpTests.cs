using System.Text;

namespace MLPipelines.Tensors.Tests.Files;

/// <summary>Files as TorchSharp's Module.save writes them, put together here byte by byte.</summary>
public class TorchSharpTests
{
    [Fact]
    public void All_types_are_read()
    {
        StateDictionary state = Read(File(w =>
        {
            w.Write7BitEncodedInt64(6);
            Header(w, "weight", 6, 2, 300);
            for (int i = 0; i < 600; i++) w.Write(i * 0.5f);
            Header(w, "Größe", 5, 2);
            w.Write((Half)0.5f);
            w.Write((Half)(-1.25f));
            Header(w, "half", 15, 1);
            w.Write((ushort)0x3FC0);
            Header(w, "count", 4);
            w.Write(-7L);
            Header(w, "bytes", 0, 3);
            w.Write((byte[])[1, 2, 255]);
            Header(w, "none", 6, 0, 4);
        }));
        Assert.Equal(["weight", "Größe", "half", "count", "bytes", "none"], state.Select(item => item.Name));
        Assert.Equal(Shape.Of([2, 300]), state["weight"].Shape);
        Assert.Equal(299.5f, state["weight"].ToArray()[599]);
        Assert.Equal([0.5f, -1.25f], state["Größe"].ToArray());
        Assert.Equal([1.5f], state["half"].To(ElementType.Float32).ToArray());
        Assert.Equal([-7], state["count"].ToIndices());
        Assert.Equal([1, 2, 255], state["bytes"].To(ElementType.Float32).ToArray());
        Assert.Equal(Shape.Of([0, 4]), state["none"].Shape);
    }

    public static TheoryData<string, byte[], string> Damaged => new()
    {
        { "nothing", [], "ends within the number of its tensors" },
        { "a pickle", [0x50, 0x4B, 0x03, 0x04, 0x00], "ends within" },
        { "a number without end", [.. Enumerable.Repeat((byte)0xFF, 12)], "more than nine bytes" },
        { "very many tensors", File(w => w.Write7BitEncodedInt64(1L << 40)), "at most" },
        { "a long name", File(w => { w.Write7BitEncodedInt64(1); w.Write7BitEncodedInt64(1L << 30); }), "the name of tensor 1 of 1 is 1073741824" },
        { "a name that is cut off", File(w => { w.Write7BitEncodedInt64(1); w.Write7BitEncodedInt64(100); w.Write("ab"); }), "ends within the name" },
        { "a name that is no text", File(w => { w.Write7BitEncodedInt64(1); w.Write((byte[])[2, 0xC3, 0x28]); }), "not UTF-8" },
        { "an unknown type", File(w => { w.Write7BitEncodedInt64(1); Header(w, "a", 7, 2); }), "element type is number 7" },
        { "many axes", File(w => { w.Write7BitEncodedInt64(1); w.Write("a"); w.Write7BitEncodedInt64(6); w.Write7BitEncodedInt64(1L << 40); }), "1099511627776 axes" },
        { "a huge tensor", File(w => { w.Write7BitEncodedInt64(1); Header(w, "a", 6, 1 << 20, 1 << 20); }), "more than 2147483647 elements" },
        { "more than is there", File(w => { w.Write7BitEncodedInt64(1); Header(w, "a", 6, 1 << 28); }), "1073741824 bytes, 0 are left" },
        { "a name twice", File(w => { w.Write7BitEncodedInt64(2); Header(w, "a", 6, 0); Header(w, "a", 6, 0); }), "two tensors 'a'" },
        { "more after the end", File(w => { w.Write7BitEncodedInt64(1); Header(w, "a", 6, 0); w.Write((byte)1); }), "goes on after its last tensor" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void What_is_damaged_is_refused(string what, byte[] file, string expected)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => Read(file));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20, $"{what} takes much memory.");
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused()
    {
        byte[] whole = File(w =>
        {
            w.Write7BitEncodedInt64(2);
            Header(w, "a", 6, 2, 3);
            for (int i = 0; i < 6; i++) w.Write(1f);
            Header(w, "b", 4, 1);
            w.Write(1L);
        });
        for (int length = 0; length < whole.Length; length++) Assert.Throws<InvalidDataException>(() => Read(whole[..length]));
    }

    private static StateDictionary Read(byte[] file)
    {
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, file);
            return StateDictionary.LoadTorchSharp(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static byte[] File(Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true)) write(writer);
        return memory.ToArray();
    }

    private static void Header(BinaryWriter writer, string name, int type, params long[] sizes)
    {
        writer.Write(name);
        writer.Write7BitEncodedInt64(type);
        writer.Write7BitEncodedInt64(sizes.Length);
        foreach (long size in sizes) writer.Write7BitEncodedInt64(size);
    }
}
