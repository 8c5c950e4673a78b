using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLPipelines.Data;
using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tokenizers;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>
/// The tokenizers of an exported model, whose graph takes tokens: folders as Hugging Face has them, which its <c>AutoTokenizer.from_pretrained</c> and <see cref="Tokenizer.FromFolder"/> read.
/// </summary>
internal static class TokenizerExport
{
    private const string Config = "tokenizer_config.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the tokenizer of each network over texts to a folder beside the model's file: <c>model.tokenizer</c>, and <c>model.tokenizer-2</c> for a second one.</summary>
    /// <param name="model">What was exported.</param>
    /// <param name="file">The file that it was exported to.</param>
    /// <returns>The folders; none where the model has no network over texts.</returns>
    internal static IReadOnlyList<string> Write(ITransformer model, string file)
    {
        List<string> folders = [];
        foreach (ITransformer step in ITransformerChain.Flatten(model))
        {
            (Tokenizer Tokenizer, int MaxTokens, bool HasTemplate)? found = step switch
            {
                ITextNetworkSource { Network.Model: var network } => (network.Encoder.Tokenizer, network.MaxTokens, true),
                ILanguageModelSource { LanguageModel: var decoder } => (decoder.Tokenizer, decoder.Description.MaxTokens, false),
                _ => null,
            };
            if (found is not { } tokenizer) continue;
            string name = folders.Count == 0 ? "tokenizer" : string.Create(CultureInfo.InvariantCulture, $"tokenizer-{folders.Count + 1}"), folder = Path.ChangeExtension(file, name);
            Write(tokenizer.Tokenizer, tokenizer.MaxTokens, folder);
            TokenizerJsonFile.TryWrite(tokenizer.Tokenizer, folder, tokenizer.HasTemplate);
            folders.Add(folder);
        }
        return folders;
    }

    /// <summary>The tokenizer's files, and in its configuration what class reads them and how many tokens the network takes.</summary>
    private static void Write(Tokenizer tokenizer, int maxTokens, string folder)
    {
        tokenizer.Save(folder);
        string path = Path.Combine(folder, Config);
        var config = File.Exists(path) ? (JsonObject)JsonNode.Parse(File.ReadAllBytes(path))! : [];
        config["model_max_length"] = maxTokens;
        if (tokenizer is not WordPieceTokenizer)
        {
            config["tokenizer_class"] = tokenizer.HasDoubleSeparator ? "RobertaTokenizer" : "GPT2Tokenizer";
            config["add_prefix_space"] = false;
        }
        File.WriteAllText(path, config.ToJsonString(Indented) + "\n");
    }
}
