using MLPipelines.Neural.Text;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Tests.Text;

/// <summary>How far the guesses of two encoders with the same tokens are from each other.</summary>
internal static class TeacherDistance
{
    /// <summary>The mean of Σ p log(p / q) over hidden places, where p is of the first and q of the second.</summary>
    internal static double Between(string first, string second, string[] texts)
    {
        PretrainedEncoder teacher = PretrainedEncoder.Open(first), student = PretrainedEncoder.Open(second);
        var corpus = TokenCorpus.Of(texts, teacher.Tokenizer, 32);
        var batch = new MaskedBatch(corpus, new TokenMasking(teacher.Tokenizer), teacher.Description.PaddingId);
        batch.Fill([.. Enumerable.Range(0, corpus.Count)], new RandomSource(5));
        float[] p = Guesses(teacher, batch), q = Guesses(student, batch);
        return p.Zip(q, (logP, logQ) => Math.Exp(logP) * (logP - logQ)).Sum() / batch.Count;
    }

    private static float[] Guesses(PretrainedEncoder encoder, MaskedBatch batch)
    {
        MaskedLanguageModel model = MaskedLanguageModel.Of(encoder, out bool hasHead);
        Assert.True(hasHead);
        model.Train(isTraining: false);
        using var quiet = new NoGradient();
        using var step = new Step();
        return model.Guess(model.Hidden(batch.Tokens(), batch.Places())).LogSoftmax().ToArray();
    }
}
