using System.Globalization;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// fairseq's <c>dict.txt</c>: a line per token, <c>number count</c>, where the number is that of GPT-2's <c>encoder.json</c>. The place in it, after four
/// special tokens, is the number by which RoBERTa and NAS-BERT know the token.
/// </summary>
internal sealed class FairseqDictionary
{
    internal const string Name = "dict.txt", Mask = "<mask>";

    /// <summary>Those that have no line in the file, in fairseq's order.</summary>
    internal static readonly string[] First = ["<s>", "<pad>", "</s>", "<unk>"];

    private readonly string[] _tokens;
    private readonly int[] _counts;
    private readonly string _name;

    private FairseqDictionary(string[] tokens, int[] counts, string name) => (_tokens, _counts, _name) = (tokens, counts, name);

    internal ReadOnlySpan<int> Counts => _counts;

    internal string[] Lines => [.. _tokens.Select((token, i) => string.Create(CultureInfo.InvariantCulture, $"{token} {_counts[i]}"))];

    internal static FairseqDictionary Read(string file) => Read(TokenizerFolder.ReadBytes(file), file);

    internal static FairseqDictionary Read(ReadOnlySpan<byte> bytes, string name) => Of(TokenizerFolder.TextOf(bytes, name).TrimEnd('\n', '\r').Split('\n'), name);

    internal static FairseqDictionary Of(IReadOnlyList<string> lines, string name)
    {
        var (tokens, counts) = (new string[lines.Count], new int[lines.Count]);
        for (int i = 0; i < tokens.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Split(' ') is not [{ Length: > 0 } token, var count] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out counts[i]))
                throw new MLPipelinesException($"{name} line {i + 1}: found '{line}', expected a token's number and its count with a space between them.");
            tokens[i] = token;
        }
        return new FairseqDictionary(tokens, counts, name);
    }

    /// <summary>For each of fairseq's numbers that of GPT-2; -1 for tokens that only fairseq has. The mask is the last.</summary>
    internal int[] Numbers(BpeTokenizer tokenizer)
    {
        var numbers = new int[First.Length + _tokens.Length + 1];
        Array.Fill(numbers, -1);
        for (int i = 0; i < _tokens.Length; i++)
        {
            if (!int.TryParse(_tokens[i], NumberStyles.None, CultureInfo.InvariantCulture, out int id)) continue;
            numbers[First.Length + i] = id < tokenizer.VocabularySize ? id
                : throw new MLPipelinesException($"{_name} line {i + 1}: found the token {id}, but the vocabulary has {tokenizer.VocabularySize} tokens.");
        }
        return numbers;
    }

    /// <summary>The same tokenizer with the dictionary's numbers.</summary>
    internal BpeTokenizer Reorder(BpeTokenizer tokenizer)
    {
        int[] numbers = Numbers(tokenizer), moved = new int[tokenizer.VocabularySize];
        Array.Fill(moved, -1);
        var terms = new TermMap();
        for (int i = 0; i < numbers.Length; i++)
        {
            int line = i - First.Length;
            BpeFiles.Add(terms, line < 0 ? First[i] : line == _tokens.Length ? Mask : numbers[i] < 0 ? _tokens[line] : tokenizer.TokenOf(numbers[i]), _name);
            if (numbers[i] >= 0) moved[numbers[i]] = i;
        }
        // A merge of tokens that the dictionary does not have cannot be made.
        return BpeTokenizer.Of(terms, [.. tokenizer.Pairs.ToArray().Select(pair => (moved[pair.Left], moved[pair.Right])).Where(pair => pair.Item1 >= 0 && pair.Item2 >= 0)]);
    }
}
