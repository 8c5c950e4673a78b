namespace MLPipelines.Neural.Transformers;

/// <summary>What a family of encoders calls the layers of the heads over it; names that a family does not use are <see langword="null"/>.</summary>
/// <param name="Pooler">The layer, followed by tanh, between the first token and the classes.</param>
/// <param name="Classes">The last layer of a classifier of texts.</param>
/// <param name="TokenClasses">The last layer of a classifier of tokens.</param>
/// <param name="Spans">The layer that gives each token two scores: that an answer begins and that it ends there.</param>
/// <param name="MaskedDense">The first layer of the head that guesses masked tokens.</param>
/// <param name="MaskedNorm">Its layer normalization.</param>
/// <param name="MaskedBias">The tensor of the tokens' biases.</param>
internal sealed record HeadNames(string? Pooler, string Classes, string TokenClasses, string Spans, string MaskedDense, string MaskedNorm, string MaskedBias)
{
    /// <summary>ML.NET's heads are one layer; it has none for masked tokens, whose names are those of fairseq.</summary>
    internal static readonly HeadNames NasBert = new(null, "Classifier.dense", "Classifier.dense", "Classifier.dense", "lm_head.dense", "lm_head.layer_norm", "lm_head.bias");

    /// <summary>Hugging Face's over BERT.</summary>
    internal static readonly HeadNames Bert = new("pooler.dense", "classifier", "classifier", "qa_outputs", "cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.bias");

    /// <summary>Hugging Face's over RoBERTa.</summary>
    internal static readonly HeadNames Roberta = new("classifier.dense", "classifier.out_proj", "classifier", "qa_outputs", "lm_head.dense", "lm_head.layer_norm", "lm_head.bias");
}
