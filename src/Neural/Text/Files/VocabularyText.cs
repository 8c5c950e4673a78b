using System.Text;
using System.Text.Json;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary><c>vocab.txt</c>: a token per line; and what <c>tokenizer_config.json</c> says of how words are made.</summary>
internal static class VocabularyText
{
    internal const string Name = "vocab.txt", Config = "tokenizer_config.json";

    internal static TermMap Read(string file) => Read(TokenizerFolder.ReadBytes(file), file);

    internal static TermMap Read(Stream stream, string name) => Read(TokenizerFolder.ReadBytes(stream), name);

    internal static TermMap Read(ReadOnlySpan<byte> bytes, string name)
    {
        var terms = new TermMap();
        string text = TokenizerFolder.TextOf(bytes, name);
        int number = 0;
        foreach (Range range in text.AsSpan().TrimEnd("\r\n").Split('\n'))
        {
            number++;
            ReadOnlySpan<char> line = text.AsSpan(range).TrimEnd('\r');
            int count = terms.Count;
            uint key = terms.GetOrAdd(line);
            if (terms.Count == count) throw new MLPipelinesException($"{name} line {number}: the token '{line}' is already in line {key}.");
        }
        return text.Length > 0 ? terms : throw new MLPipelinesException($"{name} is empty; a token per line was expected.");
    }

    /// <summary>A tokenizer as Hugging Face makes it of the two files: in lower case and without accents unless the configuration says otherwise.</summary>
    internal static WordPieceTokenizer ReadFolder(string folder)
    {
        TermMap terms = Read(Path.Combine(folder, Name));
        string config = Path.Combine(folder, Config);
        (bool lower, bool? strip, bool chinese) = (true, null, true);
        var options = new BertOptions();
        if (File.Exists(config))
        {
            using JsonDocument json = TokenizerFolder.ReadJson(config);
            lower = Flag(json.RootElement, "do_lower_case") ?? true;
            strip = Flag(json.RootElement, "strip_accents");
            chinese = Flag(json.RootElement, "tokenize_chinese_chars") ?? true;
            options.ClassificationToken = Text(json.RootElement, "cls_token") ?? options.ClassificationToken;
            options.SeparatorToken = Text(json.RootElement, "sep_token") ?? options.SeparatorToken;
            options.PaddingToken = Text(json.RootElement, "pad_token") ?? options.PaddingToken;
            options.MaskingToken = Text(json.RootElement, "mask_token") ?? options.MaskingToken;
            options.UnknownToken = Text(json.RootElement, "unk_token") ?? options.UnknownToken;
        }
        IEnumerable<int> special = ((string[])[options.ClassificationToken, options.SeparatorToken, options.PaddingToken, options.MaskingToken, options.UnknownToken])
            .Select(token => (int)terms.Find(token) - 1).Where(id => id >= 0);
        return WordPieceTokenizer.Of(terms, new BasicTokenization(true, lower, strip ?? lower, chinese, true), options, [.. WordPieceTokenizer.UsualSpecialTokens(terms), .. special], []);
    }

    private static bool? Flag(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static void Write(string folder, TermMap terms, WordPieceTokenizer tokenizer)
    {
        Directory.CreateDirectory(folder);
        using (var writer = new StreamWriter(Path.Combine(folder, Name)))
        {
            writer.NewLine = "\n";
            for (uint key = 1; key <= terms.Count; key++) writer.WriteLine(terms[key]);
        }
        using FileStream stream = File.Create(Path.Combine(folder, Config));
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("tokenizer_class", "BertTokenizer");
        json.WriteBoolean("do_lower_case", tokenizer.Normalization.LowerCase);
        json.WriteBoolean("strip_accents", tokenizer.Normalization.StripAccents);
        json.WriteBoolean("tokenize_chinese_chars", tokenizer.Normalization.SplitChinese);
        json.WriteString("unk_token", tokenizer.UnknownToken);
        if (tokenizer is BertTokenizer bert)
        {
            json.WriteString("cls_token", bert.ClassificationToken);
            json.WriteString("sep_token", bert.SeparatorToken);
            json.WriteString("pad_token", bert.PaddingToken);
            json.WriteString("mask_token", bert.MaskingToken);
        }
        json.WriteEndObject();
    }
}
