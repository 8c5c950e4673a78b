using System.Text.Json;
using System.Text.Json.Nodes;
using MLPipelines.Tokenizers;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>A tokenizer as one <c>tokenizer.json</c>, which Hugging Face's libraries of all languages read: the vocabulary, how texts are divided, and what stands around them.</summary>
internal static class TokenizerJsonFile
{
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="folder">Where its own files are already.</param>
    /// <param name="hasTemplate">Whether special tokens are put around texts, as encoders want them.</param>
    /// <returns>Whether it can be said in that form.</returns>
    internal static bool TryWrite(Tokenizer tokenizer, string folder, bool hasTemplate)
    {
        if (tokenizer is not (BpeTokenizer or BertTokenizer { Normalization.SplitPunctuation: true })) return false;
        var json = new JsonObject { ["version"] = "1.0", ["truncation"] = null, ["padding"] = null, ["added_tokens"] = Added(tokenizer, folder) };
        if (tokenizer is BertTokenizer bert)
        {
            json["normalizer"] = new JsonObject
            {
                ["type"] = "BertNormalizer",
                ["clean_text"] = bert.Normalization.Clean,
                ["handle_chinese_chars"] = bert.Normalization.SplitChinese,
                ["strip_accents"] = bert.Normalization.StripAccents,
                ["lowercase"] = bert.Normalization.LowerCase,
            };
            json["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" };
        }
        else
        {
            json["normalizer"] = null;
            json["pre_tokenizer"] = ByteLevel();
        }
        json["post_processor"] = hasTemplate ? Template(tokenizer) : null;
        json["decoder"] = tokenizer is BertTokenizer ? new JsonObject { ["type"] = "WordPiece", ["prefix"] = "##", ["cleanup"] = true } : ByteLevel();
        json["model"] = tokenizer is BertTokenizer pieces ? Pieces(pieces) : Pairs(tokenizer, folder);
        File.WriteAllText(Path.Combine(folder, TokenizerJson.Name), json.ToJsonString() + "\n");
        return true;
    }

    private static JsonObject ByteLevel() => new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true };

    private static JsonObject Pieces(BertTokenizer tokenizer) => new()
    {
        ["type"] = "WordPiece",
        ["unk_token"] = tokenizer.UnknownToken,
        ["continuing_subword_prefix"] = tokenizer.ContinuingSubwordPrefix,
        ["max_input_chars_per_word"] = tokenizer.MaxInputCharsPerWord,
        ["vocab"] = Vocabulary(tokenizer),
    };

    private static JsonObject Pairs(Tokenizer tokenizer, string folder) => new()
    {
        ["type"] = "BPE",
        ["dropout"] = null,
        ["unk_token"] = null,
        ["continuing_subword_prefix"] = "",
        ["end_of_word_suffix"] = "",
        ["fuse_unk"] = false,
        ["byte_fallback"] = false,
        ["vocab"] = Vocabulary(tokenizer),
        // The first line says the version of the file.
        ["merges"] = new JsonArray([.. File.ReadLines(Path.Combine(folder, BpeFiles.MergeList)).Skip(1).Where(line => line.Length > 0).Select(line => JsonValue.Create(line))]),
    };

    private static JsonObject Vocabulary(Tokenizer tokenizer)
    {
        var vocabulary = new JsonObject();
        for (int id = 0; id < tokenizer.VocabularySize; id++) vocabulary[tokenizer.TokenOf(id)] = id;
        return vocabulary;
    }

    /// <summary>Special tokens, and those that are looked for in texts.</summary>
    private static JsonArray Added(Tokenizer tokenizer, string folder)
    {
        SpecialTokens names = tokenizer.SpecialTokens;
        var special = new SortedDictionary<int, bool>();
        foreach (int? id in (ReadOnlySpan<int?>)[names.Start, names.End, names.Padding, names.Unknown, names.Mask])
            if (id is { } known) special[known] = true;
        string searched = Path.Combine(folder, BpeFiles.Added);
        if (File.Exists(searched))
        {
            using JsonDocument json = TokenizerFolder.ReadJson(searched);
            foreach (JsonProperty token in json.RootElement.EnumerateObject()) special.TryAdd(token.Value.GetInt32(), false);
        }
        return new JsonArray([.. special.Select(token => new JsonObject
        {
            ["id"] = token.Key,
            ["content"] = tokenizer.TokenOf(token.Key),
            ["single_word"] = false,
            ["lstrip"] = false,
            ["rstrip"] = false,
            ["normalized"] = false,
            ["special"] = token.Value,
        })]);
    }

    /// <summary>What stands before, between and after texts.</summary>
    private static JsonObject? Template(Tokenizer tokenizer)
    {
        SpecialTokens names = tokenizer.SpecialTokens;
        if (names.Start is null && names.End is null) return null;
        int second = tokenizer.HasDoubleSeparator ? 0 : 1;
        JsonObject?[] between = tokenizer.HasDoubleSeparator ? [Special(names.End, 0), Special(names.End, 0)] : [Special(names.End, 0)];
        var tokens = new JsonObject();
        foreach (int? id in (ReadOnlySpan<int?>)[names.Start, names.End])
            if (id is { } known) tokens[tokenizer.TokenOf(known)] = new JsonObject { ["id"] = tokenizer.TokenOf(known), ["ids"] = new JsonArray(known), ["tokens"] = new JsonArray(tokenizer.TokenOf(known)) };
        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = Sequence([Special(names.Start, 0), Text("A", 0), Special(names.End, 0)]),
            ["pair"] = Sequence([Special(names.Start, 0), Text("A", 0), .. between, Text("B", second), Special(names.End, second)]),
            ["special_tokens"] = tokens,
        };

        JsonObject? Special(int? id, int segment) => id is { } known ? new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = tokenizer.TokenOf(known), ["type_id"] = segment } } : null;
        static JsonObject Text(string name, int segment) => new() { ["Sequence"] = new JsonObject { ["id"] = name, ["type_id"] = segment } };
        static JsonArray Sequence(JsonObject?[] parts) => new([.. parts.Where(part => part is not null)]);
    }
}
