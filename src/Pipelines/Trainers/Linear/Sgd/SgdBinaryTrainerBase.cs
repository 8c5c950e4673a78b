namespace MLPipelines.Trainers;

/// <summary>The base of the trainers for two classes by stochastic gradient descent. See <see cref="StochasticDescent"/>.</summary>
public abstract class SgdBinaryTrainerBase<TModel> : BinaryTrainer<TModel> where TModel : class, IScoringModel
{
    private readonly SgdOptionsBase _options;
    private readonly IClassificationLoss _loss;

    private protected SgdBinaryTrainerBase(TrainingEnvironment environment, string name, SgdOptionsBase options, IClassificationLoss loss)
        : base(environment, name, options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        (_options, _loss) = (options.Snapshot<SgdOptionsBase>(), loss);
    }

    /// <summary>Learns a model, starting from another one.</summary>
    /// <param name="trainData">The examples.</param>
    /// <param name="modelParameters">Where the descent starts; of as many features.</param>
    public BinaryPredictionTransformer<TModel> Fit(IDataView trainData, LinearModelParameters modelParameters)
    {
        ArgumentNullException.ThrowIfNull(modelParameters);
        return Fit(trainData, (examples, environment) => Train(examples, environment, LinearStart.From(modelParameters, examples, Name)));
    }

    private protected override TModel Train(TrainingSet examples, TrainingEnvironment environment) =>
        Train(examples, environment, LinearStart.Zero(examples.Features.ColumnCount));

    private protected abstract TModel CreateModel(float[] weights, float bias);

    private TModel Train(TrainingSet examples, TrainingEnvironment environment, LinearStart start)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        examples = ExampleWeights.WithPositivesTimes(_options.PositiveInstanceWeight, examples);
        var end = new StochasticDescent(examples, _loss, _options, start).Run(Name, environment);
        return CreateModel(end.Weights, end.Bias);
    }
}
