namespace MLPipelines.Recommendation;

/// <summary>What was learned: scores of items for a user, known or not. It is immutable, and safe to use from many threads.</summary>
public abstract class RecommenderModel
{
    private protected RecommenderModel() { }

    /// <summary>The kind of model in model files.</summary>
    internal abstract string Kind { get; }

    internal abstract int UserCount { get; }

    internal abstract int ItemCount { get; }

    /// <summary>What an item counts of which only that someone has it is known: 1, or a good rating where ratings were learned.</summary>
    internal virtual float BasketValue => 1;

    /// <summary>Whether something is known of a user beside interactions, so that the scores of one without any say more than what is popular.</summary>
    internal virtual bool IsDescribed(int user) => false;

    /// <summary>How much a user is expected to like an item, always finite: a rating where ratings were learned, else a number to rank by.</summary>
    /// <param name="user">The user; -1 for one that is not known.</param>
    /// <param name="own">The items of the user as far as they are known, rising: methods that do not remember users work from these.</param>
    /// <param name="values">How much each of them counts.</param>
    /// <param name="item">The item; -1 for one that is not known.</param>
    internal abstract float Score(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item);

    /// <summary>The scores of all items for a user.</summary>
    /// <param name="user">The user; -1 for one that is not known.</param>
    /// <param name="own">The items of the user as far as they are known, rising.</param>
    /// <param name="values">How much each of them counts.</param>
    /// <param name="scores">Receives a score for each item; finite.</param>
    internal abstract void ScoreAll(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores);

    /// <summary>The scores of all items for a user, where a model has a faster way only nearly so.</summary>
    /// <returns>How much a score can be off at most; 0 where all are exact.</returns>
    internal virtual float ScoreAllNearly(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores)
    {
        ScoreAll(user, own, values, scores);
        return 0;
    }

    /// <summary>The exact scores of some items for a user.</summary>
    internal virtual void ScoreSome(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, ReadOnlySpan<int> items, Span<float> scores)
    {
        for (int i = 0; i < items.Length; i++) scores[i] = Score(user, own, values, items[i]);
    }

    /// <summary>How alike each item is to one; higher is more.</summary>
    internal abstract void Similarities(int item, Span<float> similarities);

    /// <summary>How much each of a user's own items adds to the score of another.</summary>
    internal abstract void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares);

    /// <summary>The model after more interactions: users and items that are new follow those that are known. What it cannot learn without all data stays as it is.</summary>
    /// <param name="all">All interactions, old and new.</param>
    /// <param name="changedUsers">The users whose interactions changed, new ones among them; rising.</param>
    /// <param name="environment">Seed and cancellation.</param>
    internal abstract RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment);

    /// <summary>Writes what its loader in <see cref="RecommenderModelTable"/> reads.</summary>
    internal abstract void Save(ModelStepWriter writer);
}
