using System.Globalization;
using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>
/// EASE-R: the weights B between items, with a diagonal of 0, that minimise |X − X B|² + λ |B|², where X holds what users did with items. In closed form
/// B = I − P / diag(P) with P = (XᵀX + λ I)⁻¹.
/// </summary>
/// <remarks>Steck, "Embarrassingly shallow autoencoders for sparse data" (2019).</remarks>
public sealed class EaseMethod : RecommendationMethod
{
    private readonly EaseOptions _options;

    /// <param name="options">How it learns; the defaults when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public EaseMethod(EaseOptions? options = null)
    {
        _options = options ?? new EaseOptions();
        _options.Check();
    }

    public override string Name => "EASE-R";

    /// <exception cref="MLPipelinesException">There are more items than it takes on.</exception>
    public override RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(environment);
        int count = interactions.ItemCount;
        if (count > _options.MaximumItemCount)
        {
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"{Name}: found {count} items, expected at most {_options.MaximumItemCount}: it needs {4e-9 * count * count:0.0} GB for the weights between them. Item neighbours and implicit ALS take any number."));
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.NumberOfThreads ?? -1, CancellationToken = environment.CancellationToken };
        environment.Report(Name, 0, 2);
        float[] matrix = Products(_options.IsBinary ? interactions.AsOnes() : interactions, (float)_options.Regularization, parallel);
        environment.Report(Name, 1, 2);
        SymmetricInverse.Invert(matrix, count, parallel);
        // Row i holds the weights of item i for all others, B[i, j] = -P[i, j] / P[j, j].
        float[] scales = new float[count];
        for (int i = 0; i < count; i++) scales[i] = -1 / matrix[(i * count) + i];
        Parallel.For(0, count, parallel, i =>
        {
            Span<float> row = matrix.AsSpan(i * count, count);
            TensorPrimitives.Multiply(row, scales, row);
            row[i] = 0;
        });
        environment.Report(Name, 2, 2);
        return new EaseModel(interactions.UserCount, count, matrix, _options.IsBinary);
    }

    /// <summary>XᵀX + λ I: the lower triangle, in a full matrix.</summary>
    private static float[] Products(Interactions interactions, float regularization, ParallelOptions parallel)
    {
        int count = interactions.ItemCount;
        float[] products = new float[count * count];
        Interactions byItem = interactions.ByItem;
        Parallel.For(0, count, parallel, item =>
        {
            Span<float> row = products.AsSpan(item * count, count);
            ReadOnlySpan<int> users = byItem.ItemsOf(item);
            ReadOnlySpan<float> weights = byItem.ValuesOf(item);
            for (int i = 0; i < users.Length; i++)
            {
                ReadOnlySpan<int> items = interactions.ItemsOf(users[i]);
                ReadOnlySpan<float> values = interactions.ValuesOf(users[i]);
                for (int j = 0; j < items.Length && items[j] <= item; j++) row[items[j]] += weights[i] * values[j];
            }
            row[item] += regularization;
        });
        return products;
    }
}
