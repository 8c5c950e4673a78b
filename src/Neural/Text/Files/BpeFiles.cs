using System.Text;
using System.Text.Json;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>The files of byte-level vocabularies: <c>vocab.json</c> and <c>merges.txt</c>, which GPT-2 and fairseq call <c>encoder.json</c> and <c>vocab.bpe</c>.</summary>
internal static class BpeFiles
{
    internal const string Vocabulary = "vocab.json", MergeList = "merges.txt", Added = "added_tokens.json", SpecialNames = "special_tokens_map.json";

    private const string AdditionalNames = "additional_special_tokens";

    internal static Dictionary<string, int> ReadVocabulary(string file) => TokenNumbers.Read(TokenizerFolder.ReadBytes(file), file);

    internal static TermMap ReadVocabulary(Stream stream, string name) => InOrder(TokenNumbers.Read(TokenizerFolder.ReadBytes(stream), name), name);

    /// <summary>Tokens by their numbers, which have no gap.</summary>
    internal static TermMap InOrder(IEnumerable<KeyValuePair<string, int>> vocabulary, string name)
    {
        var terms = new TermMap();
        foreach ((string token, int id) in vocabulary.OrderBy(pair => pair.Value))
        {
            if (id != terms.Count)
            {
                throw new MLPipelinesException(id < terms.Count
                    ? $"{name}: the tokens '{terms[(uint)id + 1]}' and '{token}' have the same number {id}."
                    : $"{name}: no token has the number {terms.Count}, and '{token}' has {id}. The numbers of tokens have no gap.");
            }
            Add(terms, token, name);
        }
        return terms;
    }

    internal static void Add(TermMap terms, string token, string name)
    {
        int count = terms.Count;
        terms.GetOrAdd(token);
        if (terms.Count == count) throw new MLPipelinesException($"{name}: the token '{token}' is there twice.");
    }

    internal static string[] ReadMergeLines(string file) => Lines(TokenizerFolder.ReadBytes(file));

    internal static (int Left, int Right)[] ReadMerges(string file, TermMap terms) => Merges(ReadMergeLines(file), file, terms);

    internal static (int Left, int Right)[] ReadMerges(Stream stream, string name, TermMap terms) => Merges(Lines(TokenizerFolder.ReadBytes(stream)), name, terms);

    private static string[] Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\n', '\r').Split('\n');

    /// <summary>Merges out of lines <c>left right</c>. A first line <c>#version: …</c> is none.</summary>
    internal static (int Left, int Right)[] Merges(IEnumerable<string> lines, string name, TermMap terms)
    {
        var merges = new List<(int, int)>();
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            ReadOnlySpan<char> text = line.AsSpan().TrimEnd('\r');
            if (text.IsEmpty || (number == 1 && text.StartsWith("#version"))) continue;
            int space = text.IndexOf(' ');
            if (space <= 0 || space == text.Length - 1 || text[(space + 1)..].Contains(' '))
                throw new MLPipelinesException($"{name} line {number}: found '{text}', expected two tokens with a space between them.");
            merges.Add((Find(text[..space]), Find(text[(space + 1)..])));
            if (terms.Find(string.Concat(text[..space], text[(space + 1)..])) == 0)
                throw new MLPipelinesException($"{name} line {number}: '{text}' makes a token that the vocabulary does not have. The two files belong to different models.");
        }
        return [.. merges];

        int Find(ReadOnlySpan<char> token) => terms.Find(token) is > 0 and var key ? (int)key - 1
            : throw new MLPipelinesException($"{name} line {number}: the vocabulary has no token '{token}'. The two files belong to different models.");
    }

    /// <summary>Tokens that stand for no text, by the names that they have in GPT-2's, RoBERTa's and fairseq's vocabularies.</summary>
    internal static IEnumerable<int> UsualSpecialTokens(TermMap terms) =>
        SpecialTokens.OfRoberta.Append(SpecialTokens.EndOfText).Concat(Enumerable.Range(0, 4).Select(i => $"madeupword{i:0000}"))
            .Select(token => (int)terms.Find(token) - 1).Where(id => id >= 0);

    /// <summary><c>vocab.json</c>, <c>merges.txt</c>, and the tokens added to them: special ones of unusual names, and those that are looked for in texts.</summary>
    internal static BpeTokenizer ReadFolder(string folder)
    {
        string vocabulary = Path.Combine(folder, Vocabulary), added = Path.Combine(folder, Added), names = Path.Combine(folder, SpecialNames);
        Dictionary<string, int> numbers = ReadVocabulary(vocabulary);
        Dictionary<string, int> literals = File.Exists(added) ? ReadVocabulary(added) : [];
        foreach ((string token, int id) in literals) numbers[token] = id;
        TermMap terms = InOrder(numbers, vocabulary);
        HashSet<int> special = [.. UsualSpecialTokens(terms)];
        if (File.Exists(names))
        {
            using JsonDocument json = TokenizerFolder.ReadJson(names);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(AdditionalNames, out JsonElement list) && list.ValueKind == JsonValueKind.Array)
                special.UnionWith(list.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => (int)terms.Find(name.GetString()) - 1).Where(id => id >= 0));
        }
        return new BpeTokenizer(terms, ReadMerges(Path.Combine(folder, MergeList), terms), special, literals.Values.Where(id => !special.Contains(id)));
    }

    internal static void Write(string folder, TermMap terms, (int Left, int Right)[] merges, IReadOnlySet<int> special, LiteralTokens? literals)
    {
        Directory.CreateDirectory(folder);
        TokenNumbers.Write(Path.Combine(folder, Vocabulary), Enumerable.Range(0, terms.Count).Select(id => (terms[(uint)id + 1].ToString(), id)));
        using (var writer = new StreamWriter(Path.Combine(folder, MergeList)))
        {
            writer.Write("#version: 0.2\n");
            foreach ((int left, int right) in merges) writer.Write($"{terms[(uint)left + 1]} {terms[(uint)right + 1]}\n");
        }
        string added = Path.Combine(folder, Added), names = Path.Combine(folder, SpecialNames);
        File.Delete(added);
        File.Delete(names);
        if (literals is not null) TokenNumbers.Write(added, literals.All.OrderBy(token => token.Id));
        int[] unusual = [.. special.Except(UsualSpecialTokens(terms)).Order()];
        if (unusual.Length == 0) return;
        using FileStream stream = File.Create(names);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartArray(AdditionalNames);
        foreach (int id in unusual) json.WriteStringValue(terms[(uint)id + 1]);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>A JSON object of tokens and their numbers.</summary>
internal static class TokenNumbers
{
    internal static Dictionary<string, int> Read(ReadOnlySpan<byte> json, string name)
    {
        var numbers = new Dictionary<string, int>();
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new MLPipelinesException($"{name}: expected a JSON object of tokens and their numbers.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string token = reader.GetString()!;
                reader.Read();
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int id) || id < 0)
                    throw new MLPipelinesException($"{name}: the token '{token}' has no number 0, 1, 2, ….");
                if (!numbers.TryAdd(token, id)) throw new MLPipelinesException($"{name}: the token '{token}' is there twice.");
            }
            while (reader.Read()) { }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new MLPipelinesException($"{name}{(e is JsonException { LineNumber: { } line } ? $" line {line + 1}" : "")}: no JSON ({e.Message})", e);
        }
        return numbers;
    }

    internal static void Write(string file, IEnumerable<(string Token, int Id)> tokens)
    {
        using FileStream stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        foreach ((string token, int id) in tokens) writer.WriteNumber(token, id);
        writer.WriteEndObject();
    }
}
