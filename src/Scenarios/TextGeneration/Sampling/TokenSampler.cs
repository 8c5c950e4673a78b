using System.Numerics.Tensors;
using MLPipelines.Tensors;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>Chooses the next token by the scores of all: it keeps what the options leave, and draws. It serves one text; choosing allocates nothing.</summary>
internal sealed class TokenSampler
{
    private readonly TextGenerationOptions _options;
    private readonly RandomSource _random;
    private readonly bool[] _isSeen;
    private readonly List<int> _seen = [];
    private readonly Candidate[] _candidates;
    private readonly float[] _ordered;

    /// <param name="options">What is kept.</param>
    /// <param name="vocabularySize">How many tokens there are.</param>
    /// <param name="seed">The same seed draws the same.</param>
    internal TokenSampler(TextGenerationOptions options, int vocabularySize, ulong seed)
    {
        (_options, _random) = (options, new RandomSource(seed));
        _isSeen = new bool[vocabularySize];
        _candidates = new Candidate[vocabularySize];
        _ordered = options.TopK < vocabularySize ? new float[vocabularySize] : [];
    }

    /// <summary>A token and its probability, not yet divided by the sum.</summary>
    internal readonly record struct Candidate(int Id, double Weight);

    /// <summary>Notes a token of the text, which the repetition penalty is for.</summary>
    internal void Note(int id)
    {
        if (_isSeen[id]) return;
        _isSeen[id] = true;
        _seen.Add(id);
    }

    /// <summary>Chooses by the scores (one for each token), which are changed.</summary>
    internal int Choose(Span<float> scores)
    {
        Punish(scores);
        if (_options.Temperature == 0) return TensorPrimitives.IndexOfMax(scores);
        ReadOnlySpan<Candidate> kept = Keep(scores);
        double sum = 0, drawn;
        foreach (Candidate candidate in kept) sum += candidate.Weight;
        drawn = _random.NextSingle() * sum;
        foreach (Candidate candidate in kept)
        {
            drawn -= candidate.Weight;
            if (drawn < 0) return candidate.Id;
        }
        return kept[^1].Id;
    }

    /// <summary>What is drawn from, with its probabilities; for tests.</summary>
    internal Dictionary<int, double> Distribution(Span<float> scores)
    {
        Punish(scores);
        Candidate[] kept = Keep(scores).ToArray();
        double sum = kept.Sum(candidate => candidate.Weight);
        return kept.ToDictionary(candidate => candidate.Id, candidate => candidate.Weight / sum);
    }

    private void Punish(Span<float> scores)
    {
        float penalty = _options.RepetitionPenalty;
        if (penalty == 1) return;
        foreach (int id in _seen) scores[id] = scores[id] > 0 ? scores[id] / penalty : scores[id] * penalty;
    }

    private ReadOnlySpan<Candidate> Keep(ReadOnlySpan<float> scores)
    {
        float greatest = TensorPrimitives.Max(scores), least = float.NegativeInfinity;
        int most = Math.Min(_options.TopK ?? scores.Length, scores.Length), ties = most;
        if (most < scores.Length)
        {
            scores.CopyTo(_ordered);
            least = Greatest(_ordered, most);
            foreach (float score in scores) if (score > least) ties--;
        }
        int count = 0;
        double sum = 0;
        for (int id = 0; id < scores.Length; id++)
        {
            // Of equal ones at the edge the first are kept.
            if (!(scores[id] > least) && (scores[id] < least || ties-- <= 0)) continue;
            double weight = Math.Exp((scores[id] - (double)greatest) / _options.Temperature);
            sum += weight;
            _candidates[count++] = new Candidate(id, weight);
        }
        return _options.TopP < 1 ? Nucleus(count, sum) : _candidates.AsSpan(0, count);
    }

    /// <summary>The fewest candidates that together have the share of the sum that is asked for.</summary>
    private ReadOnlySpan<Candidate> Nucleus(int count, double sum)
    {
        // Those below 1 - p over their number have less than 1 - p together, so that none of them is needed: few are left to be put in order.
        double least = (1 - _options.TopP) * sum / count, reached = 0;
        int left = 0;
        for (int i = 0; i < count; i++)
            if (_candidates[i].Weight >= least) _candidates[left++] = _candidates[i];
        Span<Candidate> ordered = _candidates.AsSpan(0, left);
        ordered.Sort(static (a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Id.CompareTo(b.Id));
        for (int i = 0; i < left; i++)
        {
            reached += ordered[i].Weight;
            if (reached >= _options.TopP * sum) return ordered[..(i + 1)];
        }
        return ordered;
    }

    /// <summary>The number that so many are at least as great as, of numbers that are put in another order (Hoare 1961).</summary>
    private static float Greatest(Span<float> numbers, int rank)
    {
        int first = 0, last = numbers.Length - 1, at = rank - 1;
        while (first < last)
        {
            float pivot = numbers[(first + last) / 2];
            int i = first, j = last;
            while (i <= j)
            {
                while (numbers[i] > pivot) i++;
                while (pivot > numbers[j]) j--;
                if (i > j) break;
                (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
                i++;
                j--;
            }
            if (at <= j) last = j;
            else if (at >= i) first = i;
            else break;
        }
        return numbers[at];
    }
}
