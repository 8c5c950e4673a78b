using System.Text.Json.Nodes;
using MLPipelines.Persistence;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Tests.Text;

public sealed class TokenizerFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tokenizer").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string content)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, content);
        return file;
    }

    private static void AssertSame(Tokenizer expected, Tokenizer found)
    {
        Assert.Equal(expected.GetType(), found.GetType());
        Assert.Equal(Enumerable.Range(0, expected.VocabularySize).Select(expected.TokenOf), Enumerable.Range(0, found.VocabularySize).Select(found.TokenOf));
        Assert.Equal(expected.SpecialTokens, found.SpecialTokens);
        foreach (string text in (string[])[.. BpeTokenizerTests.Corpus, "Café <user> </s> [MASK]"]) Assert.Equal(expected.EncodeToTokens(text, out _), found.EncodeToTokens(text, out _));
        int[] all = [.. Enumerable.Range(0, expected.VocabularySize)];
        Assert.Equal(expected.Decode(all), found.Decode(all));
    }

    public static TheoryData<string> Kinds => new("bytes", "bytes-own", "lower", "cased", "spaces", "roberta");

    private static Tokenizer Make(string kind) => kind switch
    {
        "bytes" => BpeTokenizer.Train(BpeTokenizerTests.Corpus, new TokenizerTrainingOptions { VocabularySize = 300 }),
        "bytes-own" => BpeTokenizer.Train(BpeTokenizerTests.Corpus, new TokenizerTrainingOptions { VocabularySize = 300, SpecialTokens = ["<s>", "<user>", "</s>"] }),
        "lower" => BertTokenizer.Train(BpeTokenizerTests.Corpus, new TokenizerTrainingOptions { VocabularySize = 200 }),
        "cased" => BertTokenizer.Train(BpeTokenizerTests.Corpus, new TokenizerTrainingOptions { VocabularySize = 200, LowerCase = false }),
        "spaces" => WordPieceTokenizer.Create(new MemoryStream("<unk>\nthe\n__s\n<user>\n"u8.ToArray()), new WordPieceOptions
            { UnknownToken = "<unk>", ContinuingSubwordPrefix = "__", MaxInputCharsPerWord = 9, SpecialTokens = new Dictionary<string, int> { ["<user>"] = 3 } }),
        _ => new EnglishRobertaTokenizer(
            BpeTokenizer.Train(["ab ab ab"], new TokenizerTrainingOptions { VocabularySize = 258, SpecialTokens = ["<|endoftext|>"], MinimumFrequency = 1 }),
            FairseqDictionary.Of(["257 7", "3 5", "madeupword0000 0"], "dict.txt")),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_tokenizer_is_read_from_a_model_as_it_was_written(string kind)
    {
        Tokenizer tokenizer = Make(kind);
        var (parameters, entries) = (new JsonObject(), new Dictionary<string, byte[]>());
        tokenizer.Save(new StepPartsWriter("01", parameters, entries));
        AssertSame(tokenizer, Tokenizer.Load(new StepPartsReader("model.zip", "01", 1, parameters, entries)));
    }

    [Fact]
    public void A_model_with_a_merge_of_tokens_that_are_not_there_is_refused()
    {
        var (parameters, entries) = (new JsonObject(), new Dictionary<string, byte[]>());
        Make("bytes").Save(new StepPartsWriter("01", parameters, entries));
        parameters["special"]!.AsArray().Add(300);
        Assert.Contains("token 300", Assert.Throws<MLPipelinesException>(() => Tokenizer.Load(new StepPartsReader("model.zip", "01", 1, parameters, entries))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_byte_level_tokenizer_is_read_as_it_was_written(bool hasOwnSpecialTokens)
    {
        Tokenizer tokenizer = Make(hasOwnSpecialTokens ? "bytes-own" : "bytes");
        tokenizer.Save(_folder);
        AssertSame(tokenizer, Tokenizer.FromFolder(_folder));
    }

    [Fact]
    public void Tokens_that_are_looked_for_in_texts_are_written()
    {
        BpeTokenizer trained = BpeTokenizer.Train(BpeTokenizerTests.Corpus, new TokenizerTrainingOptions { VocabularySize = 300, SpecialTokens = ["<user>"] });
        trained.Save(_folder);
        File.Delete(Path.Combine(_folder, "special_tokens_map.json"));
        Write("added_tokens.json", $$"""{"<user>": 0, "<née>": {{trained.VocabularySize}}}""");
        Tokenizer tokenizer = Tokenizer.FromFolder(_folder);
        Assert.Equal([0, trained.VocabularySize, trained.IdOf("a")!.Value], tokenizer.EncodeToIds("<user><née>a"));
        Assert.Equal("<user><née>a", tokenizer.Decode(tokenizer.EncodeToIds("<user><née>a")));
        string other = Path.Combine(_folder, "again");
        tokenizer.Save(other);
        AssertSame(tokenizer, Tokenizer.FromFolder(other));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_word_piece_tokenizer_is_read_as_it_was_written(bool lowerCase)
    {
        Tokenizer tokenizer = Make(lowerCase ? "lower" : "cased");
        tokenizer.Save(_folder);
        AssertSame(tokenizer, Tokenizer.FromFolder(_folder));
    }

    [Fact]
    public void The_order_of_fairseqs_dictionary_is_RoBERTas()
    {
        BpeTokenizer trained = BpeTokenizer.Train(["ab ab ab"], new TokenizerTrainingOptions { VocabularySize = 258, SpecialTokens = ["<|endoftext|>"], MinimumFrequency = 1 });
        trained.Save(_folder);
        File.Move(Path.Combine(_folder, "vocab.json"), Path.Combine(_folder, "encoder.json"));
        File.Move(Path.Combine(_folder, "merges.txt"), Path.Combine(_folder, "vocab.bpe"));
        int ab = trained.IdOf("ab")!.Value;
        Write("dict.txt", string.Join('\n', Enumerable.Range(0, 258).Where(id => id != ab).Prepend(ab).Select(id => $"{id} {1000 - id}").Append("madeupword0000 0")) + "\n");
        Tokenizer tokenizer = Tokenizer.FromFolder(_folder);
        Assert.Equal(4 + 258 + 1 + 1, tokenizer.VocabularySize);
        Assert.Equal(new SpecialTokens(0, 2, 1, 3, 263), tokenizer.SpecialTokens);
        Assert.Equal([4, 5 + trained.IdOf("!")!.Value], tokenizer.EncodeToIds("ab!"));
        Assert.Equal("ab!", tokenizer.Decode([0, 4, 5 + trained.IdOf("!")!.Value, 2]));
    }

    [Fact]
    public void A_folder_without_a_tokenizer_says_what_was_expected()
    {
        Assert.Contains("vocab.txt", Assert.Throws<MLPipelinesException>(() => Tokenizer.FromFolder(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<MLPipelinesException>(() => Tokenizer.FromFolder(_folder + "x")).Message, StringComparison.Ordinal);
    }
}
