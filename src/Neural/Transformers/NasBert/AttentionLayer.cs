using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Attention of NAS-BERT, added to what came in and normalized.</summary>
internal sealed class AttentionLayer : EncoderLayer
{
    private readonly SelfAttention _attention;
    private readonly Dropout _dropout;
    private readonly LayerNorm _norm;

    internal AttentionLayer(int number, NasBertDescription description, RandomSource random)
    {
        int width = SearchSpace.Width(number);
        _attention = new SelfAttention(Map("Q", 1 / MathF.Sqrt(2)), Map("K", 1 / MathF.Sqrt(2)), Map("V", 1 / MathF.Sqrt(2)),
            Add("SelfAttention.OutProjLinear", new Linear(width, width, random)).Glorot(random), SearchSpace.Heads(number), description.AttentionDropout, random);
        _dropout = Add("DropoutLayer", new Dropout(description.Dropout, random));
        _norm = Add("LayerNorm", new LayerNorm(width));

        Linear Map(string name, float gain) => Add($"SelfAttention.{name}Projection", new Linear(width, width, random)).Glorot(random, gain);
    }

    internal override Tensor Forward(Tensor x, in Padding padding) => padding.Clear(_norm.Forward(_dropout.Forward(_attention.Forward(x, padding, IsTraining)) + x));

    internal override void Fix() => _attention.Fix();
}
