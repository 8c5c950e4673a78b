using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// The base of trainers that learn from one feature column without a label: checks the columns, reads them into memory, has the model
/// learned, and wraps it into a transformer. Training sets are held in memory.
/// </summary>
public abstract class UnsupervisedTrainer<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class, IScoringModel
{
    private protected UnsupervisedTrainer(TrainingEnvironment environment, string name, string featureColumn, string? weightColumn)
    {
        ArgumentException.ThrowIfNullOrEmpty(featureColumn);
        (Environment, Name, FeatureColumnName, WeightColumnName) = (environment, name, featureColumn, weightColumn);
    }

    /// <summary>The name of the trainer in messages and progress reports.</summary>
    public string Name { get; }

    public string FeatureColumnName { get; }

    public string? WeightColumnName { get; }

    private protected TrainingEnvironment Environment { get; }

    /// <summary>Learns a model from the rows of a view.</summary>
    /// <exception cref="MLPipelinesException">The data cannot be learned from; the message says which row and column.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        TrainingSet examples = new TrainingSetReader(Name, FeatureColumnName, labelColumn: "", WeightColumnName).Read(input);
        if (examples.Weights is { } weights && !Array.Exists(weights, weight => weight > 0))
            throw new MLPipelinesException($"{Name}: every row of column '{WeightColumnName}' is 0, expected at least one weight above it.");
        return CreateTransformer(Train(examples));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        FeatureColumn.Check(inputSchema, FeatureColumnName, Name);
        if (WeightColumnName is not null) inputSchema.Require(WeightColumnName, Name);
        return inputSchema.With(OutputColumns());
    }

    /// <summary>Learns the numbers of the model. Called with at least one row.</summary>
    private protected abstract TModel Train(TrainingSet examples);

    private protected abstract TTransformer CreateTransformer(TModel model);

    private protected abstract IEnumerable<SchemaShape.Column> OutputColumns();
}
