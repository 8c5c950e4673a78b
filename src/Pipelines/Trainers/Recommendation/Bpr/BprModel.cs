using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>Vectors of BPR; a new user learns a vector by the same steps while items stay as they are, with draws that are always the same.</summary>
internal sealed class BprModel : FactorModel
{
    internal const string KindName = "bpr";

    private const int FoldInPasses = 20;

    private readonly float _rate, _regularization;
    private readonly int[] _candidates;

    internal BprModel(BprOptions options, float[] users, float[] items) : base(options.Rank, users, items)
    {
        (_rate, _regularization) = ((float)options.LearningRate, (float)options.Regularization);
        _candidates = [.. Enumerable.Range(0, ItemCount)];
    }

    internal override string Kind => KindName;

    internal override void FoldIn(ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> vector)
    {
        var random = new Random(1);
        var step = new BprStep(_rate, _regularization, Rank);
        vector.Clear();
        for (int pass = 0; pass < FoldInPasses; pass++)
        {
            foreach (int item in own)
            {
                int other = BprStep.DrawOther(own, _candidates, random);
                if (other >= 0) step.Take(vector, Items.AsSpan(item * Rank, Rank), Items.AsSpan(other * Rank, Rank), isUserOnly: true);
            }
        }
    }

    /// <summary>How alike the user's items are to the item: the score itself is no sum over them.</summary>
    internal override void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares)
    {
        ReadOnlySpan<float> vector = ItemVector(item);
        for (int i = 0; i < own.Length; i++)
        {
            float norms = TensorPrimitives.Norm(vector) * TensorPrimitives.Norm(ItemVector(own[i]));
            shares[i] = norms > 0 ? TensorPrimitives.Dot(vector, ItemVector(own[i])) / norms : 0;
        }
    }

    /// <summary>Users that changed are folded in; an item that is new scores 0 before the next training.</summary>
    internal override RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment)
    {
        float[] users = Users, items = Items;
        Array.Resize(ref users, all.UserCount * Rank);
        Array.Resize(ref items, all.ItemCount * Rank);
        var options = new BprOptions { Rank = Rank, LearningRate = _rate, Regularization = _regularization };
        var widened = new BprModel(options, users, items);
        float[] updated = (float[])users.Clone();
        foreach (int user in changedUsers)
        {
            environment.CancellationToken.ThrowIfCancellationRequested();
            widened.FoldIn(all.ItemsOf(user), all.ValuesOf(user), updated.AsSpan(user * Rank, Rank));
        }
        return new BprModel(options, updated, items);
    }

    internal override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("learningRate", (double)_rate);
        writer.Set("regularization", (double)_regularization);
    }

    internal static BprModel Load(ModelStepReader reader)
    {
        var (rank, users, items) = LoadFactors(reader);
        var options = new BprOptions { Rank = rank, LearningRate = reader.GetDouble("learningRate"), Regularization = reader.GetDouble("regularization") };
        try
        {
            options.Check();
        }
        catch (ArgumentException e)
        {
            throw reader.Invalid(e.Message);
        }
        return new BprModel(options, users, items);
    }
}
