namespace MLPipelines.Neural.Text;

/// <summary>The most probable parts of a text, where a part has the sum of the scores of its first and its last token. It can be used again, and then allocates nothing.</summary>
/// <param name="most">How many are wanted.</param>
/// <param name="mostTokens">How many tokens a part has at most.</param>
internal sealed class BestSpans(int most, int mostTokens)
{
    private readonly (int First, int Last, float Score)[] _best = new (int, int, float)[most];

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The best first: the first and the last token, and the probability among all parts that are not too long.</summary>
    internal ReadOnlySpan<(int First, int Last, float Probability)> Best => _best.AsSpan(0, Count);

    /// <param name="scores">Two scores of each token: that a part begins there, and that it ends there.</param>
    /// <param name="start">The first token that a part may have.</param>
    /// <param name="end">The token after the last one.</param>
    internal void Find(ReadOnlySpan<float> scores, int start, int end)
    {
        Count = 0;
        for (int first = start; first < end; first++)
            for (int last = first; last < Math.Min(end, first + mostTokens); last++) Offer(first, last, scores[2 * first] + scores[2 * last + 1]);
        if (Count == 0) return;
        float greatest = _best[0].Score;
        double sum = 0;
        for (int first = start; first < end; first++)
            for (int last = first; last < Math.Min(end, first + mostTokens); last++) sum += Math.Exp(scores[2 * first] + scores[2 * last + 1] - greatest);
        for (int i = 0; i < Count; i++) _best[i].Score = (float)(Math.Exp(_best[i].Score - greatest) / sum);
    }

    /// <summary>Of equal ones the first stays before the others.</summary>
    private void Offer(int first, int last, float score)
    {
        if (Count == most && score <= _best[Count - 1].Score) return;
        int at = Count < most ? Count++ : Count - 1;
        for (; at > 0 && _best[at - 1].Score < score; at--) _best[at] = _best[at - 1];
        _best[at] = (first, last, score);
    }
}
