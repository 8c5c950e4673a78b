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

/// <summary>A model whose feature column is no vector of numbers or not only that, such as pictures: it checks and reads the column itself.</summary>
public interface IColumnScoringModel : IScoringModel
{
    /// <summary>How many rows are scored at once at most.</summary>
    int RowsAtOnce { get; }

    /// <summary>Checks that a column can be scored.</summary>
    /// <param name="features">The column.</param>
    /// <param name="step">The step that asks, for messages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is of another type than in training.</exception>
    void CheckFeatures(DataViewSchema.Column features, string step);

    /// <summary>Computes the scores of rows, a dense vector of them for each, for one reader.</summary>
    ColumnKernel CreateKernel(DataViewSchema.Column features);
}
