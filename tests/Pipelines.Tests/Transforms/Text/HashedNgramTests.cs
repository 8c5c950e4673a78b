using MLPipelines.Data;
using MLPipelines.Transforms.Text;
using static MLPipelines.Tests.Transforms.Text.TextRows;

namespace MLPipelines.Tests.Transforms.Text;

public class HashedNgramTests
{
    // Verification values of MurmurHash3_x86_32: https://en.wikipedia.org/wiki/MurmurHash#Test_data
    [Fact]
    public void The_rounds_are_those_of_MurmurHash3()
    {
        Assert.Equal(0x514E28B7u, MurmurHash.Finish(1));
        Assert.Equal(0xBA6BD213u, MurmurHash.Finish(MurmurHash.Round(0, BitConverter.ToUInt32("test"u8)) ^ 4));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(1)]
    public void Long_text_is_hashed_as_a_whole(int times)
    {
        // Hashed in pieces inside; the UTF-8 form in one go must give the same.
        string text = "añ中😀x"[(times % 2)..] + string.Concat(Enumerable.Repeat("añ中😀", times));
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        uint hash = 7;
        int at = 0;
        for (; at + 4 <= bytes.Length; at += 4) hash = MurmurHash.Round(hash, BitConverter.ToUInt32(bytes, at));
        if (at < bytes.Length) hash = MurmurHash.Round(hash, BitConverter.ToUInt32([.. bytes[at..], .. new byte[4]], 0));
        Assert.Equal(MurmurHash.Finish(MurmurHash.Round(hash, (uint)bytes.Length)), MurmurHash.OfText(7, text));
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/ProduceHashedNgrams.cs
    [Fact]
    public void The_sample_of_ML_NET_gives_its_printed_output()
    {
        IDataView view = View(
            "This is an example to compute n-grams using hashing.", "N-gram is a sequence of 'N' consecutive words/tokens.",
            "ML.NET's ProduceHashedNgrams API produces count of n-grams and hashes it as an index into a vector of given bit length.",
            "The hashing reduces the size of the output feature vector", "which is useful in case when number of n-grams is very large.");
        IDataView hashed = ML.Transforms.Text.TokenizeIntoWords("Tokens", "Text").Append(ML.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(ML.Transforms.Text.ProduceHashedNgrams("Hashed", "Tokens", numberOfBits: 5, ngramLength: 3, useAllLengths: false, maximumNumberOfInverts: 1)).Fit(view).Transform(view);
        Assert.Equal([0f, 0, 2, 0, 0, 1, 0, 0, 1, 0], Features(hashed, "Hashed")[0].Take(10));
        Assert.Equal(32, Features(hashed, "Hashed")[0].Length);
        Assert.Equal("This|is|an  example|to|compute  compute|n-grams|using  n-grams|using|hashing.  an|example|to  is|an|example", string.Join("  ", NamesInRow(hashed, "Hashed", 0)));
        Assert.Equal("a|sequence|of  of|'N'|consecutive  is|a|sequence  N-gram|is|a", string.Join("  ", NamesInRow(hashed, "Hashed", 1).Take(4)));
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/ProduceHashedWordBags.cs
    [Fact]
    public void The_word_bag_sample_of_ML_NET_gives_its_printed_output()
    {
        IDataView view = View(
            "This is an example to compute bag-of-word features using hashing.",
            "ML.NET's ProduceHashedWordBags API produces count of n-grams and hashes it as an index into a vector of given bit length.",
            "It does so by first tokenizing text/string into words/tokens then ", "computing n-grams and hash them to the index given by hash value.",
            "The hashing reduces the size of the output feature vector", "which is useful in case when number of n-grams is very large.");
        IDataView bags = ML.Transforms.Text.ProduceHashedWordBags("Bag", "Text", numberOfBits: 5, ngramLength: 3, useAllLengths: false, maximumNumberOfInverts: 1).Fit(view).Transform(view);
        Assert.Equal([0f, 0, 0, 0, 0, 0, 1, 2, 0, 0], Features(bags, "Bag")[0].Take(10));
        Assert.Equal("an|example|to  is|an|example  example|to|compute  This|is|an  compute|bag-of-word|features  bag-of-word|features|using  to|compute|bag-of-word",
            string.Join("  ", NamesInRow(bags, "Bag", 0)));
    }

    [Fact]
    public void Columns_have_slots_of_their_own_unless_told_otherwise()
    {
        IDataView view = ML.Data.LoadFromEnumerable([new TwoTexts { Title = "refund", Body = "refund" }]);
        IDataView ordered = ML.Transforms.Text.ProduceHashedWordBags("Bag", ["Title", "Body"], maximumNumberOfInverts: -1).Fit(view).Transform(view);
        Assert.Equal(["Body:refund", "Title:refund"], NamesInRow(ordered, "Bag", 0).Order());
        IDataView shared = ML.Transforms.Text.ProduceHashedWordBags("Bag", ["Title", "Body"], useOrderedHashing: false, maximumNumberOfInverts: -1).Fit(view).Transform(view);
        Assert.Equal(["{Title:refund,Body:refund}"], NamesInRow(shared, "Bag", 0));
        Assert.Equal(2, Features(shared, "Bag")[0].Sum());
    }
}
