using System.Text;
using System.Text.Json;

namespace MLPipelines.Tokenizers;

/// <summary>Which files of a folder make a tokenizer.</summary>
internal static class TokenizerFolder
{
    internal const string Encoder = "encoder.json", EncoderMerges = "vocab.bpe";

    internal static Tokenizer Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string In(string name) => Path.Combine(folder, name);
        bool Has(string name) => File.Exists(In(name));
        if (!Directory.Exists(folder)) throw new MLPipelinesException($"{folder}: there is no such folder. Expected one with a tokenizer's files.");
        if (Has(TokenizerJson.Name)) return TokenizerJson.Read(In(TokenizerJson.Name));
        if (Has(VocabularyText.Name)) return VocabularyText.ReadFolder(folder);
        if (Has(BpeFiles.Vocabulary) && Has(BpeFiles.MergeList)) return BpeFiles.ReadFolder(folder);
        if (Has(Encoder) && Has(EncoderMerges))
        {
            return Has(FairseqDictionary.Name)
                ? FairseqDictionary.Read(In(FairseqDictionary.Name)).Reorder(BpeTokenizer.Create(In(Encoder), In(EncoderMerges)))
                : BpeTokenizer.Create(In(Encoder), In(EncoderMerges));
        }
        throw new MLPipelinesException($"{folder} has no tokenizer. Expected {TokenizerJson.Name}; or {VocabularyText.Name}; or {BpeFiles.Vocabulary} and {BpeFiles.MergeList}; or {Encoder} and {EncoderMerges}, with {FairseqDictionary.Name} for RoBERTa's order.");
    }

    internal static byte[] ReadBytes(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return File.Exists(file) ? File.ReadAllBytes(file) : throw new FileNotFoundException($"There is no file '{file}'.", file);
    }

    internal static byte[] ReadBytes(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    internal static async Task<byte[]> ReadBytesAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return copy.ToArray();
    }

    internal static string TextOf(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new MLPipelinesException($"{name} line {bytes[..e.Index].Count((byte)'\n') + 1}: the bytes are not UTF-8.", e);
        }
    }

    internal static JsonDocument ReadJson(string file)
    {
        try
        {
            return JsonDocument.Parse(ReadBytes(file));
        }
        catch (JsonException e)
        {
            throw new MLPipelinesException($"{file} line {(e.LineNumber ?? 0) + 1}: no JSON ({e.Message})", e);
        }
    }
}
