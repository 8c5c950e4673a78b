namespace MLPipelines.Trainers;

/// <summary>The base of the trainers for two classes that use stochastic dual coordinate ascent.</summary>
public abstract class SdcaBinaryTrainerBase<TModel> : BinaryTrainer<TModel> where TModel : class, IScoringModel
{
    /// <summary>What the options of these trainers share.</summary>
    public class BinaryOptionsBase : SdcaOptionsBase
    {
        private protected BinaryOptionsBase() { }

        /// <summary>A factor on the weights of the examples whose label is true, for data with few of them; above 0.</summary>
        public float PositiveInstanceWeight = 1;
    }

    private readonly BinaryOptionsBase _options;

    private protected SdcaBinaryTrainerBase(TrainingEnvironment environment, string name, BinaryOptionsBase options)
        : base(environment, name, options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        OptionCheck.AboveZero(options.PositiveInstanceWeight, nameof(options.PositiveInstanceWeight));
        _options = options.Snapshot<BinaryOptionsBase>();
    }

    private protected (float[] Weights, float Bias) Solve<TLoss>(TLoss loss, TrainingSet examples, TrainingEnvironment environment) where TLoss : struct, IDualLoss
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        examples = ExampleWeights.WithPositivesTimes(_options.PositiveInstanceWeight, examples);
        SdcaSettings settings = _options.ToSettings(examples, Name, environment, isRegression: false);
        var solver = new SdcaSolver<TLoss>(examples, loss, settings, initialBias: 0, environment.CancellationToken);
        solver.Run(state => environment.Report(Name, state.Pass, settings.MaximumPasses, state.Primal));
        return (solver.Weights, solver.Bias);
    }
}
