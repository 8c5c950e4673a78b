using System.Globalization;
using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>Vectors of implicit ALS; a new user gets the vector that learning would give while items stay as they are.</summary>
internal sealed class ImplicitAlsModel : FactorModel
{
    internal const string KindName = "implicit-als";

    private readonly ImplicitAlsOptions _options;
    private readonly double[] _squares;

    internal ImplicitAlsModel(ImplicitAlsOptions options, float[] users, float[] items) : base(options.Rank, users, items)
    {
        _options = options;
        _squares = ConfidenceSolver.Squares(items, options.Rank, new ParallelOptions());
    }

    internal override string Kind => KindName;

    internal override void FoldIn(ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> vector) =>
        new ConfidenceSolver(_options).Solve(_squares, Items, own, values, vector);

    internal override void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares) =>
        new ConfidenceSolver(_options).Explain(_squares, Items, own, values, ItemVector(item), shares);

    /// <summary>New users are folded in, then new items by their users, then all users that changed by all items; other vectors stay as they are.</summary>
    internal override RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment)
    {
        RequireConfidences(all);
        float[] users = Users, items = Items;
        Array.Resize(ref users, all.UserCount * Rank);
        Array.Resize(ref items, all.ItemCount * Rank);
        var solver = new ConfidenceSolver(_options);
        Refresh(changedUsers);
        if (all.ItemCount > ItemCount)
        {
            double[] squares = ConfidenceSolver.Squares(users, Rank, new ParallelOptions());
            for (int item = ItemCount; item < all.ItemCount; item++) solver.Solve(squares, users, all.ByItem.ItemsOf(item), all.ByItem.ValuesOf(item), items.AsSpan(item * Rank, Rank));
            Refresh(changedUsers);
        }
        return new ImplicitAlsModel(_options, users, items);

        void Refresh(IReadOnlyList<int> rows)
        {
            double[] squares = ConfidenceSolver.Squares(items, Rank, new ParallelOptions());
            foreach (int user in rows)
            {
                environment.CancellationToken.ThrowIfCancellationRequested();
                solver.Solve(squares, items, all.ItemsOf(user), all.ValuesOf(user), users.AsSpan(user * Rank, Rank));
            }
        }
    }

    /// <summary>What learning minimises, for tests and reports.</summary>
    internal double Loss(Interactions interactions)
    {
        double loss = 0;
        float[] scores = new float[ItemCount];
        for (int user = 0; user < UserCount; user++)
        {
            ScoreAll(user, [], [], scores);
            foreach (float score in scores) loss += (double)score * score;
            ReadOnlySpan<int> own = interactions.ItemsOf(user);
            for (int i = 0; i < own.Length; i++)
            {
                double score = scores[own[i]];
                loss += ((1 + _options.ConfidenceOf(interactions.ValuesOf(user)[i])) * (1 - score) * (1 - score)) - (score * score);
            }
            loss += ConfidenceSolver.RidgeOf(_options, interactions.ValuesOf(user), ItemCount) * TensorPrimitives.SumOfSquares<float>(Users.AsSpan(user * Rank, Rank));
        }
        for (int item = 0; item < ItemCount; item++)
            loss += ConfidenceSolver.RidgeOf(_options, interactions.ByItem.ValuesOf(item), UserCount) * TensorPrimitives.SumOfSquares(ItemVector(item));
        return loss;
    }

    internal static void RequireConfidences(Interactions interactions)
    {
        for (int user = 0; user < interactions.UserCount; user++)
        {
            foreach (float value in interactions.ValuesOf(user))
            {
                if (!(value >= 0)) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"Implicit ALS: found the value {value} for an interaction, expected at least 0: values are amounts of what was done."));
            }
        }
    }

    internal override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("alpha", _options.Alpha);
        writer.Set("binary", _options.IsBinary);
        writer.Set("regularization", _options.Regularization);
        writer.Set("regularizationPower", _options.RegularizationPower);
    }

    internal static ImplicitAlsModel Load(ModelStepReader reader)
    {
        var (rank, users, items) = LoadFactors(reader);
        var options = new ImplicitAlsOptions
        {
            Rank = rank,
            Alpha = reader.GetDouble("alpha"),
            IsBinary = reader.GetBoolean("binary"),
            Regularization = reader.GetDouble("regularization"),
            RegularizationPower = reader.GetDouble("regularizationPower"),
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException e)
        {
            throw reader.Invalid(e.Message);
        }
        return new ImplicitAlsModel(options, users, items);
    }
}
