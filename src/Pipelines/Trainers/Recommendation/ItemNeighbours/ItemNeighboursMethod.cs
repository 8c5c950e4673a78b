using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>
/// Items that the same users have: the likeness of two items is a·b / (|a| |b| + shrinkage), where a and b hold what each user did with them, and an item's score for a user is the sum
/// of its likeness to those of its nearest neighbours that the user has.
/// </summary>
/// <remarks>Sarwar et al., "Item-based collaborative filtering recommendation algorithms" (2001); Deshpande and Karypis (2004).</remarks>
public sealed class ItemNeighboursMethod : RecommendationMethod
{
    private readonly ItemNeighboursOptions _options;

    /// <param name="options">How it learns; the defaults when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ItemNeighboursMethod(ItemNeighboursOptions? options = null)
    {
        _options = options ?? new ItemNeighboursOptions();
        _options.Check();
    }

    public override string Name => "Item neighbours";

    public override RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(environment);
        if (_options.IsBinary) interactions = interactions.AsOnes();
        int count = interactions.ItemCount;
        float[] norms = new float[count];
        for (int item = 0; item < count; item++) norms[item] = TensorPrimitives.Norm(interactions.ByItem.ValuesOf(item));
        (int[] Items, float[] Values)[] rows = new (int[], float[])[count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.NumberOfThreads ?? -1, CancellationToken = environment.CancellationToken };
        int[] places = [.. Enumerable.Range(0, count)];
        environment.Report(Name, 0, 1);
        Parallel.For(0, count, parallel, () => (new float[count], new List<int>()), (item, _, room) =>
        {
            rows[item] = Nearest(interactions, item, norms, places, room.Item1, room.Item2);
            return room;
        }, _ => { });
        environment.Report(Name, 1, 1);
        int[] starts = new int[count + 1];
        for (int item = 0; item < count; item++) starts[item + 1] = starts[item] + rows[item].Items.Length;
        return new ItemNeighboursModel(interactions.UserCount, new Interactions(starts, [.. rows.SelectMany(row => row.Items)], [.. rows.SelectMany(row => row.Values)], count), _options.IsBinary);
    }

    /// <summary>The neighbours of an item, rising, with their likeness.</summary>
    /// <param name="interactions">Who did what.</param>
    /// <param name="item">The item.</param>
    /// <param name="norms">The norm of each item.</param>
    /// <param name="places">The order of items that are equally like.</param>
    /// <param name="products">Room for products with all items; zeros, before and after.</param>
    /// <param name="touched">Room for those that are not zero.</param>
    private (int[], float[]) Nearest(Interactions interactions, int item, float[] norms, int[] places, float[] products, List<int> touched)
    {
        ReadOnlySpan<int> users = interactions.ByItem.ItemsOf(item);
        ReadOnlySpan<float> weights = interactions.ByItem.ValuesOf(item);
        touched.Clear();
        for (int i = 0; i < users.Length; i++)
        {
            ReadOnlySpan<int> others = interactions.ItemsOf(users[i]);
            ReadOnlySpan<float> values = interactions.ValuesOf(users[i]);
            for (int j = 0; j < others.Length; j++)
            {
                if (products[others[j]] == 0) touched.Add(others[j]);
                products[others[j]] += weights[i] * values[j];
            }
        }
        int[] nearest = new int[_options.Neighbours];
        float[] likeness = new float[_options.Neighbours];
        var top = new TopItems(nearest, likeness, places);
        foreach (int other in touched)
        {
            float norm = (norms[item] * norms[other]) + (float)_options.Shrinkage;
            // A product that went through 0 is there twice; the second time it is 0 again.
            if (other != item && products[other] != 0 && norm > 0) top.Add(other, products[other] / norm);
            products[other] = 0;
        }
        Array.Resize(ref nearest, top.Count);
        Array.Resize(ref likeness, top.Count);
        Array.Sort(nearest, likeness);
        return (nearest, likeness);
    }
}
