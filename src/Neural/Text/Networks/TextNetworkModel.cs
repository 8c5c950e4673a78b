using MLPipelines.Data;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>A trained network with its tokenizer. Immutable: many threads may use it.</summary>
internal sealed class TextNetworkModel
{
    private const string MaxTokensName = "max-tokens", OutputsName = "outputs";

    /// <param name="network">The network, which is not trained any more.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="outputs">How many scores it gives.</param>
    /// <param name="maxTokens">The most tokens of a row.</param>
    internal TextNetworkModel(HeadedEncoder network, Tokenizer tokenizer, int outputs, int maxTokens)
    {
        (Network, Tokenizer, Outputs, MaxTokens) = (network, tokenizer, outputs, maxTokens);
        network.Train(isTraining: false);
        network.Freeze();
        network.Encoder.Fix();
    }

    internal HeadedEncoder Network { get; }

    internal Tokenizer Tokenizer { get; }

    internal int Outputs { get; }

    internal int MaxTokens { get; }

    internal void Save(ModelStepWriter writer)
    {
        Network.Description.Save(writer);
        writer.Set(OutputsName, Outputs);
        writer.Set(MaxTokensName, MaxTokens);
        Tokenizer.Save(writer.Section("tokenizer"));
        foreach (NamedTensor weight in Network.Parameters) writer.WriteArray<float>(weight.Name, weight.Tensor.ToArray(), weight.Tensor.Shape.AsSpan());
    }

    internal static TextNetworkModel Load(ModelStepReader reader, HeadKind kind)
    {
        var description = EncoderDescription.Load(reader);
        int outputs = reader.GetInt32(OutputsName), maxTokens = reader.GetInt32(MaxTokensName);
        if (outputs < 1) throw reader.Invalid($"it has {outputs} outputs, expected at least 1");
        if (maxTokens < 1 || maxTokens > description.MaxTokens) throw reader.Invalid($"it takes {maxTokens} tokens, expected 1 to {description.MaxTokens}");
        var tokenizer = Tokenizer.Load(reader.Section("tokenizer"));
        if (tokenizer.VocabularySize > description.VocabularySize) throw reader.Invalid($"its tokenizer has {tokenizer.VocabularySize} tokens, and its network {description.VocabularySize}");
        var network = new HeadedEncoder(description, kind, outputs, new RandomSource(0));
        foreach (NamedTensor weight in network.Parameters) weight.Tensor.CopyFrom(reader.ReadArray<float>(weight.Name, weight.Tensor.Shape.AsSpan()));
        return new TextNetworkModel(network, tokenizer, outputs, maxTokens);
    }
}
