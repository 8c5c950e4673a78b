using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.Bpr;

public sealed class BprTests
{
    private static BprModel Fit(Interactions interactions, int? threads = null) =>
        (BprModel)new BprMethod(new BprOptions { Rank = 16, Iterations = 40, NumberOfThreads = threads }).Fit(interactions, new MLContext(1).Environment);

    [Fact]
    public void Items_of_a_users_taste_come_first_for_known_users_and_for_baskets()
    {
        Interactions interactions = TasteData.Create(120, 80, 12);
        BprModel model = Fit(interactions);
        float[] scores = new float[80];
        int right = 0;
        for (int user = 0; user < 120; user++)
        {
            model.ScoreAll(user, [], [], scores);
            if (Array.IndexOf(scores, scores.Max()) % TasteData.Tastes == user % TasteData.Tastes) right++;
        }
        Assert.True(right >= 115, $"{right} of 120");
        model.ScoreAll(-1, [1, 5, 9, 13], [1, 1, 1, 1], scores);
        Assert.Equal(1, Array.IndexOf(scores, scores.Max()) % TasteData.Tastes);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        Interactions interactions = TasteData.Create(60, 50, 8);
        BprModel one = Fit(interactions, 1), two = Fit(interactions, 2);
        Assert.Equal(one.Users, two.Users);
        Assert.Equal(one.Items, two.Items);
    }

    [Fact]
    public void A_user_who_has_every_item_is_no_trouble()
    {
        var all = NamedInteractions.Merge([0, 0, 0], [0, 1, 2], [1, 1, 1], 1, 3, DuplicatePairs.Last);
        float[] scores = new float[3];
        Fit(all).ScoreAll(0, [], [], scores);
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
    }
}
