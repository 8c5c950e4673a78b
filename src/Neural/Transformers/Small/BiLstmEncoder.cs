using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Long short-term memory from the first token to the last and from the last to the first, side by side (Graves and Schmidhuber 2005). Padding changes nothing.</summary>
internal sealed class BiLstmEncoder : TextEncoder
{
    /// <summary>So many texts have the same sums as more of them: fewer go through other kernels.</summary>
    private const int LeastAtOnce = 8;

    private readonly Embedding _tokens;
    private readonly Dropout _dropout;
    private readonly Lstm _forth, _back;

    internal BiLstmEncoder(BiLstmDescription description, RandomSource random)
    {
        (HiddenSize, MaxTokens) = (description.HiddenSize, description.MaxTokens);
        _tokens = Add("embeddings", new Embedding(description.VocabularySize, description.EmbeddingSize, random, isSparse: true)).Normal(random, 0.1f, description.PaddingId);
        _dropout = Add("dropout", new Dropout(description.Dropout, random));
        _forth = Add("forth", new Lstm(description.EmbeddingSize, description.StateSize, random));
        _back = Add("back", new Lstm(description.EmbeddingSize, description.StateSize, random));
    }

    internal override int HiddenSize { get; }

    internal override int MaxTokens { get; }

    internal override Tensor TokenEmbedding => _tokens.Weight;

    internal override IReadOnlyList<Module> Layers => [_forth, _back];

    internal override Tensor Forward(in TokenBatch batch)
    {
        Check(batch);
        int count = batch.Count;
        TokenBatch all = IsTraining || count >= LeastAtOnce ? batch : new TokenBatch(Extended(batch.Ids), batch.Present.IsNone ? Tensor.None : Extended(batch.Present));
        Tensor order = Reversal(all);
        Tensor x = _dropout.Forward(_tokens.Forward(all.Ids));
        Tensor states = Tensor.Concat(-1, _forth.Forward(x), Reordered(_back.Forward(Reordered(x, order)), order));
        if (!all.Present.IsNone)
        {
            // The least that a state can be, so that the greatest along a text is never that of padding.
            Tensor present = all.Present.Unsqueeze(2);
            states = states * present + (present - 1);
        }
        return all.Count == count ? states : states.Slice(0, 0, count);
    }

    internal override void Fix() { }

    private static Tensor Extended(Tensor rows)
    {
        Tensor all = rows;
        while (all.Shape[0] < LeastAtOnce) all = Tensor.Concat(0, all, rows);
        return all;
    }

    private static Tensor Reordered(Tensor x, Tensor order) => x.Reshape(-1, x.Shape[2]).IndexSelect(0, order).Reshape(x.Shape[0], x.Shape[1], x.Shape[2]);

    /// <summary>(N T): for each token the one as far from the end of its text as this is from the start; padding stays where it is.</summary>
    private static Tensor Reversal(in TokenBatch batch)
    {
        int rows = batch.Count, length = batch.Length;
        Span<float> present = batch.Present.IsNone ? default : new float[rows * length];
        if (!batch.Present.IsNone) batch.Present.CopyTo(present);
        Span<long> order = rows * length <= 1024 ? stackalloc long[rows * length] : new long[rows * length];
        for (int row = 0; row < rows; row++)
        {
            int count = length;
            if (!present.IsEmpty)
                while (count > 0 && present[row * length + count - 1] == 0) count--;
            for (int i = 0; i < length; i++) order[row * length + i] = row * length + (i < count ? count - 1 - i : i);
        }
        return Tensor.FromIndices(order, [rows * length]);
    }
}
