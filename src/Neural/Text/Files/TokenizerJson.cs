using System.Text.Json;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// Hugging Face's <c>tokenizer.json</c>, as far as it says byte-level BPE (RoBERTa, GPT-2) or WordPiece (BERT). Anything else in it that would change
/// tokens is an error that names it.
/// </summary>
internal sealed class TokenizerJson
{
    internal const string Name = "tokenizer.json";

    private readonly string _file;
    private readonly JsonElement _root;

    private TokenizerJson(string file, JsonElement root) => (_file, _root) = (file, root);

    internal static Tokenizer Read(string file)
    {
        using JsonDocument json = TokenizerFolder.ReadJson(file);
        try
        {
            return new TokenizerJson(file, json.RootElement).Read();
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new MLPipelinesException($"{file}: a value is absent or not of the kind that was expected ({e.Message})", e);
        }
    }

    private Tokenizer Read()
    {
        JsonElement model = Part(_root, "model") ?? throw Unknown("model", "nothing");
        if (Part(_root, "post_processor") is { } processor)
            Expect(processor, "post_processor", "RobertaProcessing", "BertProcessing", "TemplateProcessing", "ByteLevel");
        // Old files do not say what kind of model they have.
        string kind = Text(model, "type") ?? (Part(model, "merges") is null ? "WordPiece" : "BPE");
        return kind switch { "BPE" => ReadBytePairs(model), "WordPiece" => ReadWordPieces(model), _ => throw Unknown("model", kind) };
    }

    private BpeTokenizer ReadBytePairs(JsonElement model)
    {
        Expect(Part(_root, "normalizer"), "normalizer");
        JsonElement words = Expect(Part(_root, "pre_tokenizer"), "pre_tokenizer", "ByteLevel") ?? throw Unknown("pre_tokenizer", "none");
        Forbid(words, "pre_tokenizer.add_prefix_space", JsonValueKind.True);
        Forbid(words, "pre_tokenizer.use_regex", JsonValueKind.False);
        Forbid(model, "model.dropout", JsonValueKind.Number);
        Forbid(model, "model.byte_fallback", JsonValueKind.True);
        Forbid(model, "model.ignore_merges", JsonValueKind.True);
        foreach (string affix in (ReadOnlySpan<string>)["continuing_subword_prefix", "end_of_word_suffix"])
            if (Text(model, affix) is { Length: > 0 } found) throw Unknown($"model.{affix}", found);
        (TermMap terms, int[] special, int[] literals) = ReadTokens(model);
        var merges = new List<string>();
        foreach (JsonElement merge in (Part(model, "merges") ?? throw Unknown("model.merges", "nothing")).EnumerateArray())
            merges.Add(merge.ValueKind == JsonValueKind.Array ? string.Join(' ', merge.EnumerateArray().Select(part => part.GetString())) : merge.GetString() ?? "");
        return new BpeTokenizer(terms, BpeFiles.Merges(merges, $"{_file} model.merges", terms), BpeFiles.UsualSpecialTokens(terms).Concat(special), literals);
    }

    private WordPieceTokenizer ReadWordPieces(JsonElement model)
    {
        JsonElement normalizer = Expect(Part(_root, "normalizer"), "normalizer", "BertNormalizer") ?? throw Unknown("normalizer", "none");
        _ = Expect(Part(_root, "pre_tokenizer"), "pre_tokenizer", "BertPreTokenizer") ?? throw Unknown("pre_tokenizer", "none");
        (TermMap terms, int[] special, int[] literals) = ReadTokens(model);
        bool lower = Flag(normalizer, "lowercase") ?? true;
        var options = new BertOptions
        {
            UnknownToken = Text(model, "unk_token") ?? "[UNK]",
            ContinuingSubwordPrefix = Text(model, "continuing_subword_prefix") ?? WordPieceTokenizer.UsualPrefix,
            MaxInputCharsPerWord = Part(model, "max_input_chars_per_word")?.GetInt32() ?? 100,
        };
        var normalization = new BasicTokenization(Flag(normalizer, "clean_text") ?? true, lower, Flag(normalizer, "strip_accents") ?? lower, Flag(normalizer, "handle_chinese_chars") ?? true, true);
        return WordPieceTokenizer.Of(terms, normalization, options, WordPieceTokenizer.UsualSpecialTokens(terms).Concat(special), literals);
    }

    /// <summary>The tokens of the model and those added to them; added ones that are not special are looked for in texts.</summary>
    private (TermMap Terms, int[] Special, int[] Literals) ReadTokens(JsonElement model)
    {
        var numbers = new Dictionary<string, int>();
        foreach (JsonProperty token in (Part(model, "vocab") ?? throw Unknown("model.vocab", "nothing")).EnumerateObject()) numbers[token.Name] = token.Value.GetInt32();
        var (special, literals) = (new List<int>(), new List<int>());
        if (Part(_root, "added_tokens") is { } added)
        {
            foreach (JsonElement token in added.EnumerateArray())
            {
                string content = Text(token, "content") ?? throw Unknown("added_tokens", "a token without content");
                int id = token.GetProperty("id").GetInt32();
                if (numbers.TryGetValue(content, out int known) && known != id) throw new MLPipelinesException($"{_file}: the token '{content}' has the numbers {known} and {id}.");
                numbers[content] = id;
                bool isSpecial = Flag(token, "special") ?? false;
                (isSpecial ? special : literals).Add(id);
                if (isSpecial) continue;
                foreach (string flag in (ReadOnlySpan<string>)["lstrip", "rstrip", "single_word"])
                    if (Flag(token, flag) ?? false) throw Unknown($"added_tokens.{flag}", $"true for '{content}'");
            }
        }
        return (BpeFiles.InOrder(numbers, $"{_file} model.vocab"), [.. special], [.. literals]);
    }

    private JsonElement? Expect(JsonElement? part, string name, params ReadOnlySpan<string> kinds)
    {
        if (part is not { } found) return null;
        string kind = Text(found, "type") ?? "an object without type";
        // A sequence of one is that one.
        if (kind == "Sequence" && (Part(found, name + "s") ?? Part(found, "processors")) is { } several && several.GetArrayLength() == 1) return Expect(several[0], name, kinds);
        return kinds.Contains(kind) ? found : throw Unknown(name, kind);
    }

    private void Forbid(JsonElement part, string name, JsonValueKind kind)
    {
        if (Part(part, name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]) is { } value && value.ValueKind == kind && value.ToString() is not "0" and not "0.0") throw Unknown(name, value.ToString());
    }

    private static JsonElement? Part(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement part) && part.ValueKind != JsonValueKind.Null ? part : null;

    private static string? Text(JsonElement json, string name) => Part(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static bool? Flag(JsonElement json, string name) => Part(json, name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean() : null;

    private MLPipelinesException Unknown(string part, string found) =>
        new($"{_file}: found {found} for \"{part}\", which is not supported. Tokenizers of the kinds byte-level BPE (GPT-2, RoBERTa) and WordPiece (BERT) are.");
}
