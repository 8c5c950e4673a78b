using System.Globalization;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// fairseq's <c>dict.txt</c>: a line per token, <c>number count</c>, where the number is that of GPT-2's <c>encoder.json</c>. The place in it, after four
/// special tokens, is the number by which RoBERTa and NAS-BERT know the token.
/// </summary>
/// <param name="tokens">The tokens: GPT-2's numbers, or names.</param>
/// <param name="counts">How often each occurred.</param>
/// <param name="name">The file.</param>
internal sealed class FairseqDictionary(string[] tokens, int[] counts, string name)
{
    internal const string Name = "dict.txt";

    /// <summary>Those that have no line in the file, in fairseq's order.</summary>
    internal static readonly string[] First = ["<s>", "<pad>", "</s>", "<unk>"];

    internal ReadOnlySpan<string> Tokens => tokens;

    internal ReadOnlySpan<int> Counts => counts;

    internal static FairseqDictionary Read(string file) => Read(TokenizerFolder.ReadBytes(file), file);

    internal static FairseqDictionary Read(ReadOnlySpan<byte> bytes, string name)
    {
        string[] lines = TokenizerFolder.TextOf(bytes, name).TrimEnd('\n', '\r').Split('\n');
        var (tokens, counts) = (new string[lines.Length], new int[lines.Length]);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] parts = lines[i].TrimEnd('\r').Split(' ');
            if (parts.Length != 2 || parts[0].Length == 0 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out counts[i]))
                throw new MLPipelinesException($"{name} line {i + 1}: found '{lines[i].TrimEnd('\r')}', expected a token's number and its count with a space between them.");
            tokens[i] = parts[0];
        }
        return new FairseqDictionary(tokens, counts, name);
    }

    /// <summary>The same tokenizer with the dictionary's numbers; the mask is the last token.</summary>
    internal BpeTokenizer Reorder(BpeTokenizer tokenizer)
    {
        var terms = new TermMap();
        foreach (string token in First) BpeFiles.Add(terms, token, name);
        var moved = new int[tokenizer.VocabularySize];
        Array.Fill(moved, -1);
        for (int i = 0; i < tokens.Length; i++)
        {
            bool isNumber = int.TryParse(tokens[i], NumberStyles.None, CultureInfo.InvariantCulture, out int id);
            if (isNumber && id >= moved.Length) throw new MLPipelinesException($"{name} line {i + 1}: found the token {id}, but the vocabulary has {moved.Length} tokens.");
            if (isNumber) moved[id] = terms.Count;
            BpeFiles.Add(terms, isNumber ? tokenizer.TokenOf(id) : tokens[i], name);
        }
        BpeFiles.Add(terms, "<mask>", name);
        // A merge of tokens that the dictionary does not have cannot be made.
        return BpeTokenizer.Of(terms, [.. tokenizer.Pairs.ToArray().Select(pair => (moved[pair.Left], moved[pair.Right])).Where(pair => pair.Item1 >= 0 && pair.Item2 >= 0)]);
    }
}
