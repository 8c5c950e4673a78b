namespace MLPipelines.Trainers;

/// <summary>The base of trainers that improve a linear function of two classes example by example, from a start that may be another model.</summary>
public abstract class OnlineBinaryTrainer : BinaryTrainer<LinearBinaryModelParameters>
{
    private readonly float _startDiameter;

    private protected OnlineBinaryTrainer(TrainingEnvironment environment, string name, OnlineLinearOptions options, string? weightColumn)
        : base(environment, name, options.LabelColumnName, options.FeatureColumnName, weightColumn)
    {
        options.Check();
        _startDiameter = options.InitialWeightsDiameter;
    }

    private protected sealed override bool IsCalibrated => false;

    /// <summary>Learns a model, starting from another one.</summary>
    /// <param name="trainData">The examples.</param>
    /// <param name="modelParameters">Where the steps start; of as many features.</param>
    public BinaryPredictionTransformer<LinearBinaryModelParameters> Fit(IDataView trainData, LinearModelParameters modelParameters)
    {
        ArgumentNullException.ThrowIfNull(modelParameters);
        return Fit(trainData, (examples, environment) => Train(examples, environment, LinearStart.From(modelParameters, examples, Name)));
    }

    /// <summary>Goes from a start to the end of all passes.</summary>
    private protected abstract LinearStart Descend(TrainingSet examples, TrainingEnvironment environment, LinearStart start);

    private protected sealed override LinearBinaryModelParameters Train(TrainingSet examples, TrainingEnvironment environment) =>
        Train(examples, environment, LinearStart.Scattered(examples.Features.ColumnCount, _startDiameter, environment.SeedFor(Name + " start")));

    private LinearBinaryModelParameters Train(TrainingSet examples, TrainingEnvironment environment, LinearStart start)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        LinearStart end = Descend(examples, environment, start);
        return new LinearBinaryModelParameters(end.Weights, end.Bias);
    }
}
