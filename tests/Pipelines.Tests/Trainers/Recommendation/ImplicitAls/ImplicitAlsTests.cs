using System.Numerics.Tensors;
using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.ImplicitAls;

public sealed class ImplicitAlsTests
{
    private static readonly TrainingEnvironment Training = new MLContext(1).Environment;
    private static readonly Interactions Tastes = TasteData.Create(60, 40, 12, weighted: true);

    private static ImplicitAlsModel Fit(int iterations, int? threads = null, double power = 1, Interactions? interactions = null) => (ImplicitAlsModel)new ImplicitAlsMethod(
        new ImplicitAlsOptions { Rank = 8, Iterations = iterations, NumberOfThreads = threads, Alpha = 2, Regularization = power == 0 ? 1 : 0.02, RegularizationPower = power }).Fit(interactions ?? Tastes, Training);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_loss_falls_with_every_pass(double power)
    {
        double before = double.PositiveInfinity;
        for (int pass = 1; pass <= 12; pass++)
        {
            double loss = Fit(pass, power: power).Loss(Tastes);
            Assert.True(loss < before, $"{loss} after pass {pass}, {before} before");
            before = loss;
        }
    }

    [Fact]
    public void After_many_passes_another_changes_nothing()
    {
        ImplicitAlsModel model = Fit(600), next = Fit(601);
        float[] scores = new float[40], after = new float[40];
        for (int user = 0; user < 60; user++)
        {
            model.ScoreAll(user, [], [], scores);
            next.ScoreAll(user, [], [], after);
            Assert.True(TensorPrimitives.Distance<float>(scores, after) < 1e-3f);
        }
    }

    [Fact]
    public void A_users_vector_solves_its_equations()
    {
        // The derivative by x of Σ c (p − x·y)² + ridge |x|²: Σ c (x·y − p) y + ridge x = 0.
        ImplicitAlsModel model = Fit(5);
        const int User = 7;
        double[] gradient = new double[8];
        ReadOnlySpan<float> x = model.Users.AsSpan(User * 8, 8);
        ReadOnlySpan<int> own = Tastes.ItemsOf(User);
        double confidences = 0;
        for (int item = 0; item < 40; item++)
        {
            int at = own.BinarySearch(item);
            double confidence = at < 0 ? 1 : 1 + (2 * Tastes.ValuesOf(User)[at]), score = 0;
            confidences += confidence;
            for (int i = 0; i < 8; i++) score += (double)x[i] * model.Items[(item * 8) + i];
            for (int i = 0; i < 8; i++) gradient[i] += confidence * (score - (at < 0 ? 0 : 1)) * model.Items[(item * 8) + i];
        }
        for (int i = 0; i < 8; i++) Assert.Equal(0, gradient[i] + (0.02 * confidences * x[i]), 1e-4);
    }

    [Fact]
    public void Folding_in_a_user_of_training_gives_the_vector_of_training()
    {
        ImplicitAlsModel model = Fit(5);
        float[] vector = new float[8];
        for (int user = 0; user < 60; user++)
        {
            model.FoldIn(Tastes.ItemsOf(user), Tastes.ValuesOf(user), vector);
            Assert.Equal(model.Users.AsSpan(user * 8, 8).ToArray(), vector);
        }
    }

    [Fact]
    public void A_user_folded_in_scores_as_one_that_was_learned_from()
    {
        // Learned with and without the last user, to the fixed point; what differs is what this user adds to the items.
        Interactions all = TasteData.Create(400, 40, 12);
        var (users, items, values) = all.ToRows();
        int count = users.Count(user => user < 399);
        ImplicitAlsModel with = Fit(200, interactions: all), without = Fit(200, interactions: NamedInteractions.Merge(users[..count], items[..count], values[..count], 399, 40, DuplicatePairs.Last));
        float[] learned = new float[40], folded = new float[40];
        with.ScoreAll(399, [], [], learned);
        without.ScoreAll(-1, all.ItemsOf(399), all.ValuesOf(399), folded);
        Assert.True(TensorPrimitives.Distance<float>(learned, folded) < 0.1f * TensorPrimitives.Norm<float>(learned), $"{TensorPrimitives.Distance<float>(learned, folded)} of {TensorPrimitives.Norm<float>(learned)}");
    }

    [Fact]
    public void Shares_of_a_users_items_add_up_to_the_score()
    {
        ImplicitAlsModel model = Fit(5);
        ReadOnlySpan<int> own = Tastes.ItemsOf(3);
        float[] shares = new float[own.Length];
        model.Explain(3, own, Tastes.ValuesOf(3), 11, shares);
        Assert.Equal(model.Score(3, [], [], 11), shares.Sum(), 1e-4f);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        ImplicitAlsModel one = Fit(4, 1), two = Fit(4, 2);
        Assert.Equal(one.Users, two.Users);
        Assert.Equal(one.Items, two.Items);
    }

    [Fact]
    public void A_negative_amount_is_refused()
    {
        var negative = NamedInteractions.Merge([0, 1], [0, 0], [1, -2], 2, 1, DuplicatePairs.Last);
        Assert.Contains("found the value -2", Assert.Throws<MLPipelinesException>(() => Fit(1, interactions: negative)).Message, StringComparison.Ordinal);
    }
}
