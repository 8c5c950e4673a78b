using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML.Tests.Tuners;

public sealed class EciCostFrugalTunerTests : LearningTunerContract
{
    private protected override ITuner Create(SearchSpace.SearchSpace space, int? seed) => new EciCostFrugalTuner(space, seed: seed);

    [Fact]
    public void The_first_trials_are_the_cheap_start_and_what_is_known_to_be_good()
    {
        var tuner = new EciCostFrugalTuner(Space(Pipeline()), seed: 1);
        Parameter first = tuner.Propose(new TrialSettings())["_pipeline_"], second = tuner.Propose(new TrialSettings { TrialId = 1 })["_pipeline_"];
        Assert.Equal(("e0 * e1", 4), (first["_SCHEMA_"].AsType<string>(), first["e1"]["Size"].AsType<int>()));
        Assert.Equal(("e0 * e1", 64), (second["_SCHEMA_"].AsType<string>(), second["e1"]["Size"].AsType<int>()));
    }

    [Fact]
    public void A_learner_that_lies_behind_gets_fewer_trials_but_all_get_some()
    {
        // Three learners whose best losses are 0.1, 0.3 and 0.05, the last at a hundred times the cost.
        int[] counts = new int[3];
        foreach (int seed in Enumerable.Range(0, 5))
            foreach ((Parameter parameter, double _) in Run(new EciCostFrugalTuner(Space(Pipeline()), seed: seed), 60, Loss)) counts[Learner(parameter)]++;
        Assert.True(counts[1] < Math.Min(counts[0], counts[2]), string.Join(' ', counts));
        Assert.All(counts, count => Assert.InRange(count, 5, 290));
    }

    [Fact]
    public void A_learner_that_always_fails_does_not_use_up_the_trials()
    {
        int failing = Run(new EciCostFrugalTuner(Space(Pipeline()), seed: 1), 60, p => Learner(p) == 1 ? double.NaN : Loss(p)).Count(trial => Learner(trial.Parameter) == 1);
        Assert.InRange(failing, 1, 12);
    }

    [Fact]
    public void Other_options_beside_the_pipeline_are_searched_too()
    {
        SearchSpace.SearchSpace space = Space(Pipeline());
        space["Rate"] = new UniformDoubleOption(0, 1, logBase: false, defaultValue: 0.9);
        List<(Parameter Parameter, double Loss)> run = Run(new EciCostFrugalTuner(space, seed: 1), 60, p => Loss(p) + Math.Abs(p["Rate"].AsType<double>() - 0.2));
        Assert.Equal(0.9, run[0].Parameter["Rate"].AsType<double>(), 9);
        Assert.InRange(Math.Abs(run.MinBy(trial => trial.Loss).Parameter["Rate"].AsType<double>() - 0.2), 0, 0.2);
    }

    [Fact]
    public void Earlier_results_of_all_learners_count()
    {
        List<(Parameter Parameter, double Loss)> run = Run(new EciCostFrugalTuner(Space(Pipeline()), seed: 1), 30, Loss);
        TrialResult[] results = [.. run.Select((trial, i) => new TrialResult { TrialSettings = new TrialSettings { TrialId = i, Parameter = trial.Parameter }, Loss = trial.Loss })];
        var restored = new EciCostFrugalTuner(Space(Pipeline()), results, seed: 1);
        Parameter next = restored.Propose(new TrialSettings { TrialId = 30 });
        Assert.DoesNotContain(next, run.Select(trial => trial.Parameter));
    }

    private static SearchSpace.SearchSpace Space(SweepablePipeline pipeline) => new() { ["_pipeline_"] = pipeline.SearchSpace };

    private static SweepablePipeline Pipeline() => new SweepablePipeline().Append([Step("features", isTrainer: false, cost: 1)])
        .Append([Step("fast", isTrainer: true, cost: 1), Step("poor", isTrainer: true, cost: 1), Step("slow", isTrainer: true, cost: 100)]);

    private static SweepableEstimator Step(string name, bool isTrainer, double cost) =>
        new((_, _) => throw new NotSupportedException(), new SearchSpace.SearchSpace { ["Size"] = new UniformIntOption(4, 1024, logBase: true, defaultValue: 4) })
        {
            Name = name, IsTrainer = isTrainer, Cost = p => isTrainer ? cost * p["Size"].AsType<int>() : 0,
            StartingPoints = isTrainer ? [Parameter.Parse("""{"Size":64}""")] : [],
        };

    private static int Learner(Parameter parameter) => parameter["_pipeline_"]["_SCHEMA_"].AsType<string>()[^1] - '1';

    /// <summary>Each learner is best at size 100.</summary>
    private static new double Loss(Parameter parameter)
    {
        int learner = Learner(parameter);
        double size = parameter["_pipeline_"][$"e{learner + 1}"]["Size"].AsType<int>();
        return new[] { 0.1, 0.3, 0.05 }[learner] + 0.1 * Math.Pow(Math.Log(size / 100), 2);
    }
}
