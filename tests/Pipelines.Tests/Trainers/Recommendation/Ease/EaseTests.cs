using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.Ease;

public sealed class EaseTests
{
    private static readonly TrainingEnvironment Training = new MLContext(1).Environment;

    private static EaseModel Fit(Interactions interactions, EaseOptions options) => (EaseModel)new EaseMethod(options).Fit(interactions, Training);

    [Fact]
    public void Weights_are_those_of_the_closed_form()
    {
        // X=np.array([[1,1,0,0],[1,1,1,0],[0,1,1,0],[0,0,1,1],[1,0,0,2]],float)
        // P=np.linalg.inv(X.T@X+2*np.eye(4)); B=np.eye(4)-P/np.diag(P)
        float[] expected = [0, 0.3945578f, -0.0236220f, 0.4659091f, 0.4084507f, 0, 0.4094488f, -0.2727273f, -0.0211268f, 0.3537415f, 0, 0.2159091f, 0.2887324f, -0.1632653f, 0.1496063f, 0];
        var interactions = NamedInteractions.Merge([0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4], [0, 1, 0, 1, 2, 1, 2, 2, 3, 0, 3], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2], 5, 4, DuplicatePairs.Last);
        ReadOnlySpan<float> weights = Fit(interactions, new EaseOptions { Regularization = 2 }).Weights;
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], weights[i], 1e-5f);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(150)]
    public void Each_column_solves_its_equations(int items)
    {
        // From the derivative by column j: ((XᵀX + λ I) B)[i, j] = (XᵀX)[i, j] for all i but j.
        Interactions interactions = TasteData.Create(80, items, 30, weighted: true);
        const double Regularization = 20;
        ReadOnlySpan<float> weights = Fit(interactions, new EaseOptions { Regularization = Regularization }).Weights;
        double[,] products = new double[items, items];
        for (int user = 0; user < interactions.UserCount; user++)
        {
            ReadOnlySpan<int> own = interactions.ItemsOf(user);
            ReadOnlySpan<float> values = interactions.ValuesOf(user);
            for (int a = 0; a < own.Length; a++)
                for (int b = 0; b < own.Length; b++) products[own[a], own[b]] += (double)values[a] * values[b];
        }
        for (int i = 0; i < items; i++)
        {
            Assert.Equal(0, weights[(i * items) + i]);
            for (int j = 0; j < items; j++)
            {
                if (i == j) continue;
                double sum = Regularization * weights[(i * items) + j];
                for (int k = 0; k < items; k++) sum += products[i, k] * weights[(k * items) + j];
                Assert.Equal(products[i, j], sum, 2e-2);
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        Interactions interactions = TasteData.Create(200, 230, 20);
        Assert.Equal(Fit(interactions, new EaseOptions { NumberOfThreads = 1 }).Weights, Fit(interactions, new EaseOptions { NumberOfThreads = 2 }).Weights);
    }

    [Fact]
    public void More_items_than_it_takes_on_are_refused_with_what_to_take_instead()
    {
        var error = Assert.Throws<MLPipelinesException>(() => Fit(TasteData.Create(5, 101, 10), new EaseOptions { MaximumItemCount = 100 }));
        Assert.Contains("found 101 items, expected at most 100", error.Message, StringComparison.Ordinal);
        Assert.Contains("implicit ALS", error.Message, StringComparison.Ordinal);
    }
}
