namespace MLPipelines.Transforms.Text;

/// <summary>Learns an n-gram map and the weights of its n-grams, text by text.</summary>
internal sealed class NgramLearner
{
    private readonly NgramShape _shape;
    private readonly NgramExtractingEstimator.WeightingCriteria _weighting;
    private readonly int[] _counts;
    private readonly FeatureList _found = new();
    private int[] _textCounts = new int[64];
    private long[] _lastTexts = new long[64];
    private long _texts;

    internal NgramLearner(NgramShape shape, NgramExtractingEstimator.WeightingCriteria weighting)
    {
        (_shape, _weighting) = (shape, weighting);
        _counts = new int[shape.NgramLength];
    }

    internal NgramMap Map { get; } = new();

    internal void Add(ReadOnlySpan<uint> keys)
    {
        _texts++;
        _found.Clear();
        var step = new LearnNgrams(Map, _shape, _counts, _found);
        NgramWalk.Run(keys, _shape, ref step);
        if (_weighting != NgramExtractingEstimator.WeightingCriteria.Tf) CountTexts();
    }

    /// <summary>The number of texts that have each n-gram: an n-gram counts once per text.</summary>
    private void CountTexts()
    {
        if (_textCounts.Length < Map.Count)
        {
            int capacity = Math.Max(Map.Count, _textCounts.Length * 2);
            Array.Resize(ref _textCounts, capacity);
            Array.Resize(ref _lastTexts, capacity);
        }
        foreach (int feature in _found.Items)
        {
            if (_lastTexts[feature] == _texts) continue;
            _lastTexts[feature] = _texts;
            _textCounts[feature]++;
        }
    }

    internal NgramWeights Weights() => NgramWeights.Of(_weighting, _texts, _textCounts.AsSpan(0, Math.Min(Map.Count, _textCounts.Length)));
}
