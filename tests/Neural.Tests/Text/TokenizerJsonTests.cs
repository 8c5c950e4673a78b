using System.Text.Json;
using System.Text.Json.Nodes;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Tests.Text;

public sealed class TokenizerJsonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tokenizer").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Tokenizer Read(JsonNode json)
    {
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), json.ToJsonString());
        return Tokenizer.FromFolder(_folder);
    }

    /// <summary>As Hugging Face writes RoBERTa's, with a vocabulary of our own.</summary>
    private static JsonObject Roberta()
    {
        string alphabet = JsonSerializer.Serialize(Enumerable.Range(0, 256).Select(value => ByteAlphabet.CharOf((byte)value).ToString()).Concat(["<s>", "</s>", "ab", "Ġab"])
            .Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id));
        return JsonNode.Parse($$"""
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [
               {"id": 256, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
               {"id": 260, "content": "<mask>", "single_word": false, "lstrip": true, "rstrip": false, "normalized": false, "special": true},
               {"id": 261, "content": "<user>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true, "special": false}],
             "normalizer": null,
             "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
             "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 257], "cls": ["<s>", 256], "trim_offsets": true, "add_prefix_space": false},
             "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
             "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false,
                       "vocab": {{alphabet}}, "merges": ["a b", ["Ġ", "ab"]]} }
            """)!.AsObject();
    }

    /// <summary>As Hugging Face writes BERT's.</summary>
    private static JsonObject Bert() => JsonNode.Parse("""
        {"version": "1.0", "truncation": {"direction": "Right", "max_length": 512, "strategy": "LongestFirst", "stride": 0}, "padding": null,
         "added_tokens": [{"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
         "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
         "pre_tokenizer": {"type": "BertPreTokenizer"},
         "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]},
         "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
         "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                   "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "caf": 5, "##e": 6}}}
        """)!.AsObject();

    [Fact]
    public void Byte_level_BPE_is_read()
    {
        Tokenizer tokenizer = Read(Roberta());
        Assert.Equal(262, tokenizer.VocabularySize);
        Assert.Equal((256, 257, 260), (tokenizer.SpecialTokens.Start, tokenizer.SpecialTokens.End, tokenizer.SpecialTokens.Mask));
        Assert.Equal([258, 259, 261, 259], tokenizer.EncodeToIds("ab ab<user> ab"));
        Assert.Equal("ab<user>", tokenizer.Decode([256, 258, 261, 257]));
        tokenizer.Save(Path.Combine(_folder, "again"));
        Assert.Equal([258, 259, 261, 259], Tokenizer.FromFolder(Path.Combine(_folder, "again")).EncodeToIds("ab ab<user> ab"));
    }

    [Fact]
    public void WordPiece_is_read()
    {
        var tokenizer = Assert.IsType<BertTokenizer>(Read(Bert()));
        Assert.Equal([5, 6, 1], tokenizer.EncodeToIds("CAFÉ no", addSpecialTokens: false));
        JsonObject cased = Bert();
        cased["normalizer"]!["lowercase"] = false;
        Assert.Equal([1, 5, 6], ((BertTokenizer)Read(cased)).EncodeToIds("CAFÉ cafe", addSpecialTokens: false));
    }

    [Theory]
    [InlineData("model", """{"type": "Unigram", "vocab": []}""", "Unigram")]
    [InlineData("normalizer", """{"type": "NFKC"}""", "NFKC")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace"}""", "Metaspace")]
    [InlineData("pre_tokenizer", """{"type": "ByteLevel", "add_prefix_space": true}""", "add_prefix_space")]
    [InlineData("pre_tokenizer", """{"type": "Sequence", "pretokenizers": [{"type": "Digits"}, {"type": "ByteLevel"}]}""", "Sequence")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer")]
    [InlineData("post_processor", """{"type": "Llama"}""", "Llama")]
    [InlineData("added_tokens", """[{"id": 260, "content": "x y", "lstrip": true, "special": false}]""", "lstrip")]
    [InlineData("added_tokens", """[{"id": 290, "content": "x y", "special": false}]""", "number 260")]
    public void What_is_not_supported_is_named(string part, string value, string named)
    {
        JsonObject json = Roberta();
        json[part] = JsonNode.Parse(value);
        string message = Assert.Throws<MLPipelinesException>(() => Read(json)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab.txt", "[UNK]\na\nb\na\n", "vocab.txt line 4: the token 'a' is already in line 2")]
    [InlineData("vocab.txt", "a\nb\n", "[UNK]")]
    [InlineData("vocab.txt", "", "empty")]
    [InlineData("vocab.json", "{\"a\": 0,\n\"b\": }", "vocab.json line 2")]
    [InlineData("vocab.json", "[1, 2]", "JSON object")]
    [InlineData("vocab.json", "{\"a\": 0, \"b\": 0}", "same number 0")]
    [InlineData("vocab.json", "{\"a\": 0, \"b\": 2}", "number 1")]
    [InlineData("vocab.json", "{\"a\": \"x\"}", "'a' has no number")]
    [InlineData("vocab.json", "{\"a\": 0}", "byte 0")]
    [InlineData("tokenizer.json", "{\"model\": {}}", "normalizer")]
    [InlineData("tokenizer.json", "{\n\n", "tokenizer.json line 3")]
    [InlineData("tokenizer.json", "[]", "model")]
    public void Files_that_are_not_right_say_where(string name, string content, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, name), content);
        if (name == "vocab.json") File.WriteAllText(Path.Combine(_folder, "merges.txt"), "#version: 0.2\n");
        Assert.Contains(expected, Assert.Throws<MLPipelinesException>(() => Tokenizer.FromFolder(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a  b\n", "line 2: found 'a  b'")]
    [InlineData("a b c\n", "line 2")]
    [InlineData("a b\nab\n", "line 3: found 'ab'")]
    [InlineData("a 今\n", "line 2: the vocabulary has no token '今'")]
    [InlineData("b a\n", "'b a' makes a token")]
    public void Merges_that_are_not_right_say_where(string merges, string expected)
    {
        JsonObject json = Roberta();
        File.WriteAllText(Path.Combine(_folder, "vocab.json"), json["model"]!["vocab"]!.ToJsonString());
        File.WriteAllText(Path.Combine(_folder, "merges.txt"), "#version: 0.2\n" + merges);
        Assert.Contains(expected, Assert.Throws<MLPipelinesException>(() => Tokenizer.FromFolder(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_files_end_in_an_error_and_in_nothing_else()
    {
        byte[] good = System.Text.Encoding.UTF8.GetBytes(Roberta().ToJsonString()), bert = System.Text.Encoding.UTF8.GetBytes(Bert().ToJsonString());
        var random = new Random(3);
        for (int trial = 0; trial < 600; trial++)
        {
            byte[] bytes = [.. trial % 2 == 0 ? good : bert];
            for (int i = random.Next(1, 4); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)"\"{}[]:,0a\xFF"[random.Next(10)];
            if (trial % 5 == 0) bytes = bytes[..random.Next(bytes.Length)];
            File.WriteAllBytes(Path.Combine(_folder, "tokenizer.json"), bytes);
            try
            {
                Tokenizer.FromFolder(_folder).EncodeToIds("ab café");
            }
            catch (MLPipelinesException)
            {
            }
        }
    }
}
