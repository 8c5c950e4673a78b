namespace MLPipelines.Recommendation;

/// <summary>
/// What is known of each user (or item) without the values of its ratings, as sparse rows: a constant 1, its side features brought to a length of 1, and
/// which items (or users) it was rated with, 1 / √count each.
/// </summary>
internal static class RatingContext
{
    /// <param name="ratings">The ratings, by the side in question.</param>
    /// <param name="side">The side features of each row; <see langword="null"/> for none.</param>
    /// <param name="rated">Whether what was rated counts.</param>
    internal static Interactions Of(Interactions ratings, Interactions? side, bool rated)
    {
        int offset = 1 + (side?.ItemCount ?? 0), capacity = ratings.UserCount + (side?.Count ?? 0) + (rated ? ratings.Count : 0);
        int[] starts = new int[ratings.UserCount + 1];
        var features = new List<int>(capacity);
        var values = new List<float>(capacity);
        for (int row = 0; row < ratings.UserCount; row++)
        {
            features.Add(0);
            values.Add(1);
            if (side is not null)
            {
                ReadOnlySpan<float> own = side.ValuesOf(row);
                float length = System.Numerics.Tensors.TensorPrimitives.Norm(own);
                for (int i = 0; i < own.Length && length > 0; i++)
                {
                    features.Add(1 + side.ItemsOf(row)[i]);
                    values.Add(own[i] / length);
                }
            }
            if (rated)
            {
                ReadOnlySpan<int> others = ratings.ItemsOf(row);
                foreach (int other in others)
                {
                    features.Add(offset + other);
                    values.Add(RatedValue(others.Length));
                }
            }
            starts[row + 1] = features.Count;
        }
        return new Interactions(starts, [.. features], [.. values], offset + (rated ? ratings.ItemCount : 0));
    }

    /// <summary>How much each of some rated items counts.</summary>
    internal static float RatedValue(int count) => 1 / MathF.Sqrt(count);
}
