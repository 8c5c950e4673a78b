using MLPipelines.Data;
using static MLPipelines.Tests.Persistence.MLNet.HandMade;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>Small transforms written by hand, and what becomes of them. Expected numbers are computed by hand from the payloads.</summary>
public sealed class TransformReaderTests
{
    [Fact]
    public void Columns_are_put_together_copied_and_left_out()
    {
        object[] found = Answer(["b"], [("x", 1f), ("y", 2f)],
            Component("ConcatTransform", 3).Ints(1).Names("v").Ints(2).Names("x").Ints(-1).Names("y").Ints(-1),
            Component("CopyTransform", 1).Pair("b", "v"),
            Component("SelectColumnsTransform", 1).Bytes(0, 0, 1).Ints(1).Names("v"));
        Same([1f, 2f], found[0]);
    }

    [Fact]
    public void An_old_concatenation_has_its_aliases_last()
    {
        object[] found = Answer(["v"], [("x", 1f), ("y", 2f)], Component("ConcatTransform", 2).Ints(4, 1).Names("v").Ints(2).Names("y", "x").Ints(0).Names("alias").Ints(-1));
        Same([2f, 1f], found[0]);
    }

    [Fact]
    public void Dropped_and_chosen_columns_leave_the_others()
    {
        Assert.Equal("y: Single", SchemaOf([("x", 1f), ("y", 2f)], Component("DropColumnsTransform", 2).Ints(4).Bytes(0).Ints(1).Names("x")));
        Assert.Equal("y: Single", SchemaOf([("x", 1f), ("y", 2f)], Component("ChooseColumnsTransform", 1).Ints(4).Bytes(1).Ints(1).Names("y", "y").Bytes(1)));
    }

    [Fact]
    public void Values_become_keys_vectors_and_values_again()
    {
        object[] found = Answer(["key", "vector", "value"], [("text", "b")],
            Term("key", "text", "a", "b"),
            Component("KeyToVectorTransform", 2).Pair("vector", "key").Bytes(0),
            Component("KeyToValueTransform", 1).Pair("value", "key"));
        Assert.Equal(2u, found[0]);
        Same([0f, 1f], found[1]);
        Assert.Equal("b", found[2]);
    }

    [Fact]
    public void Numbers_become_keys_by_a_coded_list()
    {
        // The type, no details of it, two values, and these.
        var terms = new ComponentWriter("TermManager", 0x00010002).Ints(1).Bytes(1).Bytes([6, .. "Single"u8, 0]).Ints(2).Singles(7, 9);
        Assert.Equal(2u, Answer(["key"], [("x", 9f)], Component("TermTransform", 3).Pair("key", "x").Bytes(0).Inner("Vocabulary", terms))[0]);
    }

    [Theory]
    // The published hash, by /usr/bin/python3 with sklearn 1.2: (murmurhash3_32('Foo', seed=314489979, positive=True) & 0xFFFF) + 1.
    [InlineData(3, 5894u)]
    // ML.NET's own: the three bytes and the length take a round each. The same program with these two rounds written out.
    [InlineData(2, 25329u)]
    public void Texts_are_hashed_by_the_version(uint version, uint expected) =>
        Assert.Equal(expected, Answer(["key"], [("text", "Foo")], Component("HashTransform", version).Pair("key", "text").Ints(16, 314489979).Bytes(0))[0]);

    [Fact]
    public void Types_are_converted_and_keys_counted()
    {
        Assert.Equal(3.0, Answer(["d"], [("x", 3f)], Component("ConvertTransform", 4).Pair("d", "x").Bytes(10))[0]);
        // Kind 6 with keys: four of them, by the last one.
        ITransformer model = Load(null, Component("ConvertTransform", 3).Pair("k", "k").Bytes(0x86).Longs(0, 3).Bytes(1));
        Assert.Equal(new KeyDataViewType(typeof(uint), 4), model.GetOutputSchema(Schema(("k", new KeyDataViewType(typeof(uint), 4))))["k"].Type);
    }

    [Theory]
    [InlineData("ValueMappingTransformer", 1, "Key")]
    [InlineData("TermLookupTransform", 2, "Term")]
    public void A_table_maps_values_and_what_it_lacks_is_0(string loader, uint version, string keyColumn)
    {
        var table = new DataViewSchema.Builder();
        table.AddColumn(keyColumn, TextDataViewType.Instance, null);
        table.AddColumn("Value", NumberDataViewType.Single, null);
        BatchColumn keys = new TextColumn(), values = new ValueColumn<float>();
        foreach (string key in new[] { "a", "b" }) ((TextColumn)keys).Append(key);
        foreach (float value in new[] { 5f, 6f }) ((ValueColumn<float>)values).Append(value);
        using var memory = new MemoryStream();
        new MLContext(1).Data.SaveAsBinary(new BlockView(table.ToSchema(), [[keys, values]]), memory);
        var component = Component(loader, version).Ints(2).Names("y", "known", "z", "unknown").Entry("DefaultMap.idv", memory.ToArray());
        Assert.Equal([6f, 0f], Answer(["y", "z"], [("known", "b"), ("unknown", "c")], component));
    }

    [Fact]
    public void Numbers_are_scaled_by_slots_that_are_stored_and_others_stay()
    {
        // (x − 1) · 2 in the second slot only.
        var affine = new ComponentWriter("AffineNormExec", 0x00010003).Ints(4, 2, 1, 1, 1).Singles(2).Ints(1).Singles(1);
        Same([5f, 8f], Answer(["n"], [("v", new[] { 5f, 5f })], Component("Normalizer", 2).Pair("n", "v").Bytes(1, 9).Ints(1, 2).Inner("Normalizer_000", affine))[0]);
    }

    [Fact]
    public void An_old_normalizer_takes_its_type_from_the_column()
    {
        var affine = new ComponentWriter("AffineNormExec", 0x00010003).Ints(4, 1, -1, 1).Singles(0.5f).Ints(0);
        Assert.Equal(4f, Answer(["n"], [("x", 8f)], Component("NormalizeTransform", 3).Ints(4).Pair("n", "x").Inner("Normalizer_000", affine))[0]);
    }

    [Fact]
    public void Numbers_become_bins_and_shares_of_a_distribution()
    {
        // Bounds 1, 3, ∞: 2 is in the second of three bins, 1 / 2.
        var bins = new ComponentWriter("BinNormalizeFunction", 0x00010001).Bytes(0)
            .Inner("BinNormalizer", new ComponentWriter("BinNormExec", 0x00010001).Ints(4, 1, 3).Singles(1, 3, float.PositiveInfinity));
        Assert.Equal(0.5f, Answer(["n"], [("x", 2f)], Component("Normalizer", 1).Pair("n", "x").Bytes(0).Ints(0).Bytes(9).Inner("Normalizer_000", bins))[0]);
        // Mean 2 and deviation 3: 2 is the middle.
        var distribution = new ComponentWriter("CdfNormalizeFunction", 0x00010001).Ints(4).Bytes(0).Ints(1).Singles(2, 3);
        Assert.Equal(0.5f, Answer(["n"], [("x", 2f)], Component("Normalizer", 2).Pair("n", "x").Bytes(0, 9).Inner("Normalizer_000", distribution))[0]);
    }

    [Fact]
    public void Vectors_are_brought_to_a_length_and_projected()
    {
        Assert.Equal([0.6f, 0.8f], (float[])Answer(["n"], [("v", new[] { 3f, 4f })], Component("GcnTransform", 3).Pair("n", "v").Bytes(0, 0).Singles(1))[0], Close);
        Same([2f], Answer(["p"], [("v", new[] { 3f, 4f })], Component("PcaTransform", 2).Pair("p", "v").Ints(2, 1).Singles(1, 0).Ints(1).Singles(1))[0]);
    }

    [Theory]
    [InlineData("RandGaussFourierExec")]
    [InlineData("RandLaplaceFourierExec")]
    public void Random_features_are_drawn_again(string distribution)
    {
        var gauss = new ComponentWriter(distribution, 0x00010001).Ints(4).Singles(1);
        object[] found = Answer(["r"], [("v", new[] { 0f, 0f })], Component("RffTransform", 2).Pair("r", "v").Ints(2, 3).Bytes(1).Ints(4, 1000, 2000, 3000, 4000).Inner("MatrixGenerator0", gauss));
        // The cosine and the sine of 0, three times, over √3.
        Assert.Equal([0.5773503f, 0, 0.5773503f, 0, 0.5773503f, 0], (float[])found[0], Close);
    }

    [Fact]
    public void Texts_are_normalized_cut_and_counted()
    {
        var words = Component("TokenizeTextTransform", 1).Pair("words", "clean").Ints(1).Bytes(32, 0);
        // Two n-grams, "1" and "1 2"; their bytes end at 1 and 3. Of version 2, with the size of a number and weights.
        var ngrams = Component("NgramTransform", 2).Ints(4).Pair("ngrams", "keys").Ints(2, 0, 2).Bytes(1, 1).Ints(2, 0, 1, 3).Bytes(1, 1, 2).Ints(2).Doubles(10, 100);
        object[] found = Answer(["clean", "words", "ngrams"], [("text", "A B a")],
            Component("TextNormalizerTransform", 1).Pair("clean", "text").Bytes(0, 1, 1, 1), words, Term("keys", "words", "a", "b"), ngrams);
        Assert.Equal("a b a", found[0]);
        Assert.Equal(["a", "b", "a"], (string[])found[1]);
        Same([20f, 100f], found[2]);
    }

    [Fact]
    public void Characters_are_keys_between_markers() =>
        Assert.Equal(new ushort[] { 2, 65, 3 }, Answer(["chars"], [("text", "A")], Component("CharToken", 2).Pair("chars", "text").Bytes(1, 0))[0]);

    [Fact]
    public void Hashed_ngrams_have_the_same_slots_in_both_layouts()
    {
        ComponentWriter Keys() => Term("keys", "words", "a", "b");
        var words = () => Component("TokenizeTextTransform", 1).Pair("words", "text").Ints(1).Bytes(32, 0);
        object[] old = Answer(["h"], [("text", "a b a")], words(), Keys(), Component("NgramHashTransform", 2).Ints(4, 1).Names("h").Ints(1).Names("keys").Ints(2, 0, 6, 314489979).Bytes(1, 0, 1));
        object[] current = Answer(["h"], [("text", "a b a")], words(), Keys(), Component("NgramHashTransform", 3).Ints(1, 1).Names("keys").Names("h").Ints(2, 0, 6, 314489979).Bytes(1, 0, 1));
        Assert.Equal(old[0], current[0]);
        Assert.Equal(5, ((float[])current[0]).Sum());
    }

    [Fact]
    public void A_column_that_may_be_absent_is_one_of_the_input()
    {
        ComponentWriter Optional(string name) => Component("OptColTransform", 2).Ints(1).Names(name).Bytes([6, .. "Single"u8, 0]);
        Assert.Equal(3f, Answer(["y"], [("x", 3f)], Optional("x"), Component("CopyTransform", 1).Pair("y", "x"))[0]);
        Assert.Contains("column 'other'", Assert.Throws<MLPipelinesException>(() => Answer(["x"], [("x", 3f)], Optional("other"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_have_the_vectors_of_the_file_that_is_named()
    {
        string name = $"vectors-{Guid.NewGuid():N}.txt", path = Path.Combine(AppContext.BaseDirectory, name);
        object[] Embed() => Answer(["v"], [("text", "a b")], Component("TokenizeTextTransform", 1).Pair("words", "text").Ints(1).Bytes(32, 0),
            Component("WordEmbeddingsTransform", 1).Pair("v", "words").Bytes(1).Names($"C:\\somewhere\\{name}"));
        Assert.Contains($"this file needs word vectors that it does not have. The word vectors are the file {name}", Assert.Throws<MLPipelinesException>(Embed).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "a 1 2\nb 3 5\n");
        try
        {
            // Least, mean, and largest.
            Same([1f, 2f, 2f, 3.5f, 3f, 5f], Embed()[0]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_text_step_is_its_chain_in_both_layouts()
    {
        ComponentWriter Copy() => Component("CopyTransform", 1).Pair("y", "x");
        var chain = new ComponentWriter("TransformerChain", 0x00010001).Ints(1, 0).Inner("Transform_000", Copy());
        Assert.Equal(3f, Answer(["y"], [("x", 3f)], Component("Text", 2).Inner("Chain", chain))[0]);
        Assert.Equal(3f, Answer(["y"], [("x", 3f)], Component("TransformWrapper", 1).Ints(1).Inner("Step_000", Component("CopyColumnsRowMapper", 1).Pair("y", "x")))[0]);
        Assert.Equal(3f, Answer(["y"], [("x", 3f)], Component("Text", 1).Ints(1).Inner("Step_000", Component("RowToRowMapper", 1).Inner("Mapper", Copy())))[0]);
    }
}
