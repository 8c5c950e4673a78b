using MLPipelines.Data;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>A trained network with its tokenizer. Immutable: many threads may use it.</summary>
internal sealed class TextNetworkModel
{
    private const string MaxTokensName = "max-tokens", OutputsName = "outputs";

    /// <param name="network">The network, which is not trained any more.</param>
    /// <param name="encoder">Its encoder with the tokenizer.</param>
    /// <param name="outputs">How many scores it gives.</param>
    /// <param name="maxTokens">The most tokens of a sequence.</param>
    internal TextNetworkModel(HeadedEncoder network, PretrainedEncoder encoder, int outputs, int maxTokens)
    {
        (Network, Encoder, Outputs, MaxTokens) = (network, encoder, outputs, maxTokens);
        network.Train(isTraining: false);
        network.Freeze();
        network.Encoder.Fix();
        Scorers = new WorkspacePool<TextScorer>(() => new TextScorer(this));
    }

    internal HeadedEncoder Network { get; }

    /// <summary>The encoder that was trained, from which another network can begin.</summary>
    internal PretrainedEncoder Encoder { get; }

    internal int Outputs { get; }

    internal int MaxTokens { get; }

    internal WorkspacePool<TextScorer> Scorers { get; }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set(OutputsName, Outputs);
        writer.Set(MaxTokensName, MaxTokens);
        Encoder.Save(writer.Section(HeadedEncoder.EncoderName));
        ModelStepWriter head = writer.Section(HeadedEncoder.HeadName);
        foreach (NamedTensor weight in Network.Head.Parameters) head.WriteArray<float>(weight.Name, weight.Tensor.ToArray(), weight.Tensor.Shape.AsSpan());
    }

    internal static TextNetworkModel Load(ModelStepReader reader, HeadKind kind)
    {
        int outputs = reader.GetInt32(OutputsName), maxTokens = reader.GetInt32(MaxTokensName);
        if (outputs is < 1 or > 1 << 24) throw reader.Invalid($"it has {outputs} outputs, expected at least 1");
        PretrainedEncoder encoder = PretrainedEncoder.Load(reader.Section(HeadedEncoder.EncoderName));
        if (maxTokens < 4 || maxTokens > encoder.Description.MaxTokens) throw reader.Invalid($"it takes {maxTokens} tokens, expected 4 to {encoder.Description.MaxTokens}");
        if (encoder.Tokenizer.VocabularySize > encoder.Description.VocabularySize)
            throw reader.Invalid($"its tokenizer has {encoder.Tokenizer.VocabularySize} tokens, and its network {encoder.Description.VocabularySize}");
        var network = new HeadedEncoder(encoder, kind, outputs, new RandomSource(0));
        ModelStepReader head = reader.Section(HeadedEncoder.HeadName);
        foreach (NamedTensor weight in network.Head.Parameters) weight.Tensor.CopyFrom(head.ReadArray<float>(weight.Name, weight.Tensor.Shape.AsSpan()));
        return new TextNetworkModel(network, encoder, outputs, maxTokens);
    }
}
