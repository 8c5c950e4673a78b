using MLPipelines.Neural.Training;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Text;

/// <summary>Guessing hidden tokens: the mean of -log p of what stood at the hidden places (Devlin and others 2019). Each pass hides others.</summary>
internal sealed class MaskedLanguageTask : TextTask
{
    private readonly MaskedLanguageModel _model;
    private readonly MaskedBatch _batch;
    private readonly Distillation? _distillation;
    private readonly int[] _sequences;
    private int[] _chosen = [];
    private long[] _guesses = [];

    /// <param name="model">What guesses.</param>
    /// <param name="corpus">What is guessed at.</param>
    /// <param name="sequences">Which sequences of it; one that is there twice is learned twice in a pass.</param>
    /// <param name="masking">Hides tokens.</param>
    /// <param name="distillation">A teacher to learn from besides; or none.</param>
    internal MaskedLanguageTask(MaskedLanguageModel model, TokenCorpus corpus, int[] sequences, TokenMasking masking, Distillation? distillation = null)
    {
        (_model, _sequences, _distillation) = (model, sequences, distillation);
        _batch = new MaskedBatch(corpus, masking, model.Description.PaddingId);
        Lengths = [.. sequences.Select(sequence => corpus.Lengths[sequence])];
    }

    internal override int[] Lengths { get; }

    internal override BatchResult Forward(ReadOnlySpan<int> rows, RandomSource random)
    {
        if (_chosen.Length < rows.Length) _chosen = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++) _chosen[i] = _sequences[rows[i]];
        _batch.Fill(_chosen.AsSpan(0, rows.Length), random);

        var tokens = _batch.Tokens();
        Tensor places = _batch.Places(), hidden = _model.Hidden(tokens, places), scores = _model.Guess(hidden);
        Tensor loss = scores.CrossEntropy(Tensor.FromIndices(_batch.Targets, [_batch.Count]));
        if (_distillation is not null) loss = _distillation.AddTo(loss, tokens, places, hidden, scores);
        return new BatchResult(loss, _batch.Count, CountCorrect(scores));
    }

    private int CountCorrect(Tensor scores)
    {
        if (_guesses.Length < _batch.Count) _guesses = new long[2 * _batch.Count];
        Span<long> guesses = _guesses.AsSpan(0, _batch.Count);
        scores.ArgMax().CopyTo(guesses);
        int correct = 0;
        for (int i = 0; i < guesses.Length; i++)
            if (guesses[i] == _batch.Targets[i]) correct++;
        return correct;
    }
}
