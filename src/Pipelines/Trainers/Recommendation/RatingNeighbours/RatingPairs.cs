namespace MLPipelines.Recommendation;

/// <summary>What one item has in common with each other, over the users who rated both; one per thread.</summary>
internal sealed class RatingPairs(int itemCount)
{
    private readonly int[] _users = new int[itemCount], _places = [.. Enumerable.Range(0, itemCount)];
    private readonly double[] _products = new double[itemCount], _ownSquares = new double[itemCount], _otherSquares = new double[itemCount];

    /// <param name="residuals">What is left of ratings beyond the baseline.</param>
    /// <param name="byItem">The same by item.</param>
    /// <param name="item">The item.</param>
    internal void Count(Interactions residuals, Interactions byItem, int item)
    {
        Array.Clear(_users);
        Array.Clear(_products);
        Array.Clear(_ownSquares);
        Array.Clear(_otherSquares);
        ReadOnlySpan<int> users = byItem.ItemsOf(item);
        ReadOnlySpan<float> values = byItem.ValuesOf(item);
        for (int i = 0; i < users.Length; i++)
        {
            double own = values[i];
            ReadOnlySpan<int> others = residuals.ItemsOf(users[i]);
            ReadOnlySpan<float> otherValues = residuals.ValuesOf(users[i]);
            for (int j = 0; j < others.Length; j++)
            {
                int other = others[j];
                double value = otherValues[j];
                _users[other]++;
                _products[other] += own * value;
                _ownSquares[other] += own * own;
                _otherSquares[other] += value * value;
            }
        }
    }

    /// <summary>The items most alike, by number; only those that are alike at all.</summary>
    internal (int[] Items, float[] Similarities) Nearest(int item, double shrinkage, int count)
    {
        int[] nearest = new int[count];
        float[] similarities = new float[count];
        var top = new TopItems(nearest, similarities, _places);
        for (int other = 0; other < itemCount; other++)
        {
            if (other == item || _users[other] < 2 || !(_products[other] > 0)) continue;
            double correlation = _products[other] / Math.Sqrt(_ownSquares[other] * _otherSquares[other]), common = _users[other] - 1;
            float similarity = (float)(correlation * common / (common + shrinkage));
            if (similarity > 0) top.Add(other, similarity);
        }
        Array.Resize(ref nearest, top.Count);
        Array.Resize(ref similarities, top.Count);
        Array.Sort(nearest, similarities);
        return (nearest, similarities);
    }
}
