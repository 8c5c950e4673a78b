using System.Text.Json;
using System.Text;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Tests.Text;

/// <summary>Against tokenizer_values.json, which tokenizer_values.py made from the published descriptions of the methods.</summary>
public class ReferenceTests
{
    private static readonly JsonElement Values = Read();
    private static readonly string[] Corpus = [.. Values.GetProperty("corpus").EnumerateArray().Select(text => text.GetString()!)];
    private static readonly string[] Merges = Strings("bytes", "merges");
    private static readonly BpeTokenizer Bytes = BpeTokenizer.Create(new BpeOptions(Strings("bytes", "vocabulary").Select((token, id) => KeyValuePair.Create(token, id))) { Merges = Merges });
    private static readonly BertTokenizer Lower = Bert("lower", true), Cased = Bert("cased", false);

    private static JsonElement Read()
    {
        using Stream stream = typeof(ReferenceTests).Assembly.GetManifestResourceStream("tokenizer_values.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    private static string[] Strings(string part, string name) => [.. Values.GetProperty(part).GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static BertTokenizer Bert(string part, bool lower) => BertTokenizer.Create(
        new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', Strings(part, "vocabulary")))),
        new BertOptions { LowerCaseBeforeTokenization = lower, RemoveNonSpacingMarks = lower, SplitOnSpecialTokens = false });

    private static void AssertEncodes(Tokenizer tokenizer, string name)
    {
        var tokens = new TokenList();
        int count = 0;
        foreach (JsonElement expected in Values.GetProperty("cases").EnumerateArray())
        {
            string text = new([.. expected.GetProperty("units").EnumerateArray().Select(unit => (char)unit.GetInt32())]);
            tokens.Clear();
            tokenizer.Encode(text, tokens);
            int[][] found = [.. Enumerable.Range(0, tokens.Count).Select(i => new[] { tokens.Ids[i], tokens.Starts[i], tokens.Ends[i] })];
            Assert.True(JsonSerializer.Serialize(found) == expected.GetProperty(name).GetRawText(), $"{JsonSerializer.Serialize(text.Select(c => (int)c))} '{text}': found {JsonSerializer.Serialize(found)}, expected {expected.GetProperty(name)}");
            count++;
        }
        Assert.Equal(168, count);
    }

    [Fact]
    public void Bytes_are_merged_as_published() => AssertEncodes(Bytes, "bytes");

    [Fact]
    public void Words_in_lower_case_are_divided_as_published() => AssertEncodes(Lower, "lower");

    [Fact]
    public void Words_in_upper_and_lower_case_are_divided_as_published() => AssertEncodes(Cased, "cased");

    [Fact]
    public void Merges_of_bytes_are_learned_as_published()
    {
        BpeTokenizer learned = BpeTokenizer.Train(Corpus, new TokenizerTrainingOptions { VocabularySize = 320 });
        Assert.Equal(Strings("bytes", "vocabulary"), Enumerable.Range(0, learned.VocabularySize).Select(learned.TokenOf));
        Assert.Equal(Merges, learned.Pairs.ToArray().Select(pair => $"{learned.TokenOf(pair.Left)} {learned.TokenOf(pair.Right)}"));
    }

    [Theory]
    [InlineData("lower", true)]
    [InlineData("cased", false)]
    public void Word_pieces_are_learned_as_published(string name, bool lower)
    {
        BertTokenizer learned = BertTokenizer.Train(Corpus, new TokenizerTrainingOptions { VocabularySize = 140, LowerCase = lower });
        Assert.Equal(Strings(name, "vocabulary"), Enumerable.Range(0, learned.VocabularySize).Select(learned.TokenOf));
    }
}
