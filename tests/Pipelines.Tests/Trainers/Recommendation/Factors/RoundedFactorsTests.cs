using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.Factors;

public sealed class RoundedFactorsTests
{
    [Fact]
    public void Lists_of_a_large_catalogue_are_those_of_exact_scores()
    {
        const int Items = 60_000, Rank = 64, Users = 5;
        var random = new Random(1);
        float[] items = FactorOptions.Draw(Items, Rank, 1, random), users = FactorOptions.Draw(Users, Rank, 1, random);
        // Vectors of very different length, and one of zeros.
        for (int i = 0; i < items.Length; i++) items[i] *= 1 + (i / Rank % 7);
        items.AsSpan(0, Rank).Clear();
        var model = new ImplicitAlsModel(new ImplicitAlsOptions { Rank = Rank }, users, items);
        var seen = NamedInteractions.Merge([0, 1, 2, 3, 4], [9, 8, 7, 6, 5], [1, 1, 1, 1, 1], Users, Items, DuplicatePairs.Last);
        var ranker = new ItemRanker(model, seen);
        float[] exact = new float[Items], scores = new float[20];
        int[] listed = new int[20];
        for (int user = 0; user < Users; user++)
        {
            model.ScoreAll(user, [], [], exact);
            exact[seen.ItemsOf(user)[0]] = float.NegativeInfinity;
            int[] expected = [.. Enumerable.Range(0, Items).OrderByDescending(item => exact[item]).Take(20)];
            Assert.Equal(20, ranker.Rank(user, seen.ItemsOf(user), seen.ValuesOf(user), excludeSeen: true, null, listed, scores));
            Assert.Equal(expected, listed);
            // The filter is asked about what could be listed only.
            ranker.Rank(user, seen.ItemsOf(user), seen.ValuesOf(user), excludeSeen: true, item => item != expected[0], listed, scores);
            Assert.Equal(expected[1..], listed[..19]);
        }
    }

    [Fact]
    public void Scores_are_off_by_no_more_than_is_said()
    {
        if (!RoundedFactors.Serves(50_000, 128)) return;
        var random = new Random(2);
        float[] items = FactorOptions.Draw(500, 128, 0.3, random), user = FactorOptions.Draw(1, 128, 2, random), exact = new float[500], nearly = new float[500];
        FactorProducts.Multiply(user, items, exact);
        float off = new RoundedFactors(items, 128).Multiply(user, nearly);
        float most = exact.Zip(nearly, (a, b) => MathF.Abs(a - b)).Max();
        Assert.InRange(most, off / 100, off);
    }
}
