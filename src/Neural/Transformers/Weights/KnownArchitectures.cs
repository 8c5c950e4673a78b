using System.Globalization;
using System.Text.RegularExpressions;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Says what an encoder is made by from its weights alone, where no <c>config.json</c> lies beside them, as beside the files that ML.NET loads.</summary>
internal static partial class KnownArchitectures
{
    /// <summary>The description; <see langword="null"/> where the weights do not tell.</summary>
    internal static EncoderDescription? Of(StateDictionary weights) =>
        weights.TryGet("TokenEmbedding.weight", out Tensor tokens) && tokens.Rank == 2 ? NasBert(weights, tokens.Shape)
        : weights.TryGet("embeddings.word_embeddings.weight", out tokens) && tokens.Rank == 2 ? MlNetRoberta(weights, tokens.Shape)
        : null;

    private static NasBertDescription? NasBert(StateDictionary weights, Shape tokens)
    {
        int[] layers = new int[NasBertDescription.DefaultLayers.Length];
        foreach (var (name, tensor) in weights)
        {
            if (LayerName().Match(name) is not { Success: true } match) continue;
            int at = int.Parse(match.Groups["layer"].ValueSpan, CultureInfo.InvariantCulture), width = tensor.Rank == 0 ? 0 : tensor.Shape[-1], kind = 0;
            switch (match.Groups["part"].Value)
            {
                case "SelfAttention.QProjection":
                    kind = 1;
                    break;
                case "FullConnects.fc1":
                    kind = 2;
                    break;
                case "Conv1.conv.Conv.conv1" when tensor.Rank == 3:
                    (kind, width) = ((tensor.Shape[2] + 3) / 2, tensor.Shape[0]);
                    break;
                default:
                    continue;
            }
            if (at >= layers.Length || SearchSpace.Number(kind, width) is not (var number and >= 0)) return null;
            layers[at] = number;
        }
        SearchSpace.BlockWidths(layers, out string? problem);
        if (problem is not null || !weights.TryGet("PositionalEmbedding.Embedding.weight", out Tensor positions) || positions.Rank != 2 || positions.Shape[0] < 3) return null;
        return new NasBertDescription
        {
            VocabularySize = tokens[0],
            EmbeddingSize = tokens[1],
            PaddingId = 1,
            LayerNumbers = layers,
            Positions = positions.Shape[0] - 2,
            NormalizesEmbeddings = weights.TryGet("EmbeddingLayerNorm.weight", out _),
        };
    }

    /// <summary>ML.NET's RoBERTa: positions from row 0, and two sizes of what is added to variances.</summary>
    private static BertDescription? MlNetRoberta(StateDictionary weights, Shape tokens)
    {
        if (tokens[1] % 64 != 0 || !weights.TryGet("embeddings.position_embeddings.weight", out Tensor positions) || !weights.TryGet("embeddings.token_type_embeddings.weight", out Tensor segments)
            || !weights.TryGet("encoder.layer.0.intermediate.dense.bias", out Tensor inner)) return null;
        int layers = 0;
        while (weights.TryGet(string.Create(CultureInfo.InvariantCulture, $"encoder.layer.{layers}.output.dense.bias"), out _)) layers++;
        return new BertDescription
        {
            IsRoberta = true,
            VocabularySize = tokens[0],
            PaddingId = 1,
            Size = tokens[1],
            LayerCount = layers,
            HeadCount = tokens[1] / 64,
            InnerSize = inner.Count,
            Positions = positions.Shape[0],
            SegmentCount = segments.Shape[0],
            Epsilon = 1e-5f,
        };
    }

    [GeneratedRegex(@"^Layers\.(?<layer>\d{1,3})\.Operation\.(?<part>.+)\.weight$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LayerName();
}
