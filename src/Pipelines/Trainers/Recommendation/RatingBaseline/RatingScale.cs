using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>The ratings that were seen: predictions stay within them.</summary>
/// <param name="Least">The least rating.</param>
/// <param name="Greatest">The greatest rating.</param>
/// <param name="Mean">The mean of all ratings.</param>
internal readonly record struct RatingScale(float Least, float Greatest, double Mean)
{
    /// <exception cref="MLPipelinesException">There are no ratings.</exception>
    internal static RatingScale Of(Interactions ratings, string method)
    {
        (float least, float greatest, double sum) = (float.MaxValue, float.MinValue, 0);
        for (int user = 0; user < ratings.UserCount; user++)
        {
            foreach (float value in ratings.ValuesOf(user))
            {
                (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
                sum += value;
            }
        }
        return ratings.Count > 0 ? new RatingScale(least, greatest, sum / ratings.Count)
            : throw new MLPipelinesException($"{method}: found no ratings, expected at least one. Look for a filter, or a column of ratings that is empty.");
    }

    /// <summary>A rating that tells of liking: halfway from the mean to the greatest.</summary>
    internal float Good => (float)((Mean + Greatest) / 2);

    internal float Clip(double rating) => (float)Math.Clamp(rating, Least, Greatest);

    internal void Save(ModelStepWriter writer) => writer.WriteArray<double>("scale", [Least, Greatest, Mean], 3);

    internal static RatingScale Load(ModelStepReader reader)
    {
        double[] numbers = reader.ReadArray<double>("scale", 3);
        return numbers.All(double.IsFinite) && numbers[0] <= numbers[1] ? new RatingScale((float)numbers[0], (float)numbers[1], numbers[2])
            : throw reader.Invalid($"its ratings are from {numbers[0]} to {numbers[1]}");
    }
}
