using MLPipelines.Data;

namespace MLPipelines;

/// <summary>What a trainer learned: numbers that turn a feature vector into one or several scores. Immutable.</summary>
public interface IScoringModel
{
    /// <summary>The name of the kind of model in model files.</summary>
    string TypeId { get; }

    /// <summary>The length of the feature vectors.</summary>
    int FeatureCount { get; }

    /// <summary>How many scores a feature vector gets: one per class, or 1.</summary>
    int ScoreCount { get; }

    /// <summary>Computes the scores of one feature vector. Safe to call from many threads; allocates nothing.</summary>
    void Score(RowVector<float> features, Span<float> scores);

    void Save(ModelStepWriter writer);
}
