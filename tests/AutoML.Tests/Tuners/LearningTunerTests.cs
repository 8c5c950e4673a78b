using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML.Tests.Tuners;

/// <summary>Tuners that learn find what random search does not in the same number of trials, on most seeds by far.</summary>
public abstract class LearningTunerContract : TunerContract
{
    private const int Seeds = 9;

    /// <summary>Branin's function, least 0.397887 at three points.</summary>
    private static readonly SearchSpace.SearchSpace s_branin = new() { ["x"] = new UniformDoubleOption(-5, 10), ["y"] = new UniformDoubleOption(0, 15) };

    private static readonly SearchSpace.SearchSpace s_bowl = [];

    static LearningTunerContract()
    {
        for (int i = 0; i < 6; i++) s_bowl[$"x{i}"] = new UniformDoubleOption(-5, 10);
    }

    [Fact]
    public void Branin_is_found_within_100_trials() =>
        Assert.InRange(Median(s_branin, Branin, 100), 0, Math.Min(0.1, 0.5 * MedianOfRandom(s_branin, Branin, 100)));

    [Fact]
    public void A_bowl_of_six_dimensions_is_found_within_120_trials() => Assert.InRange(Median(s_bowl, Bowl, 120), 0, 0.4 * MedianOfRandom(s_bowl, Bowl, 120));

    [Fact]
    public void Numbers_on_logarithmic_scales_and_a_choice_are_found_within_80_trials() => Assert.InRange(Median(Mixed, Loss, 80), 0, Math.Min(0.1, 0.5 * MedianOfRandom(Mixed, Loss, 80)));

    private static double Branin(Parameter p)
    {
        double x = p["x"].AsType<double>(), y = p["y"].AsType<double>();
        return Math.Pow(y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6, 2) + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10 - 0.397887;
    }

    private static double Bowl(Parameter p) => p.Select((pair, i) => Math.Pow(pair.Value.AsType<double>() - 1 - 0.7 * i, 2)).Sum();

    private double Median(SearchSpace.SearchSpace space, Func<Parameter, double> loss, int trials) => Median(seed => Create(space, seed), loss, trials);

    private static double MedianOfRandom(SearchSpace.SearchSpace space, Func<Parameter, double> loss, int trials) => Median(seed => new RandomSearchTuner(space, seed), loss, trials);

    private static double Median(Func<int, ITuner> create, Func<Parameter, double> loss, int trials) =>
        Enumerable.Range(0, Seeds).Select(seed => Run(create(seed), trials, loss).Min(trial => trial.Loss)).Order().ElementAt(Seeds / 2);
}

public sealed class CostFrugalTunerTests : LearningTunerContract
{
    private protected override ITuner Create(SearchSpace.SearchSpace space, int? seed) => new CostFrugalTuner(space, seed: seed);

    [Fact]
    public void The_first_trial_is_the_start_that_was_given()
    {
        Parameter start = Mixed.SampleFromFeatureSpace([0.9, 0.2, 0.5]);
        Assert.Equal(start, new CostFrugalTuner(Mixed, start, seed: 1).Propose(new TrialSettings()));
        Assert.Equal(4, new CostFrugalTuner(Mixed, seed: 1).Propose(new TrialSettings())["count"].AsType<int>());
    }

    [Fact]
    public void Costs_grow_step_by_step_from_a_cheap_start()
    {
        List<(Parameter Parameter, double Loss)> run = Run(new CostFrugalTuner(Mixed, seed: 2), 5);
        Assert.All(run, trial => Assert.InRange(trial.Parameter["count"].AsType<int>(), 4, 1024));
    }

    [Fact]
    public void Earlier_results_are_where_the_search_goes_on()
    {
        List<(Parameter Parameter, double Loss)> run = Run(new CostFrugalTuner(Mixed, seed: 1), 50);
        TrialResult[] results = [.. run.Select((trial, i) => new TrialResult { TrialSettings = new TrialSettings { TrialId = i, Parameter = trial.Parameter }, Loss = trial.Loss })];
        double before = run.Min(trial => trial.Loss);
        ITuner restored = new CostFrugalTuner(Mixed, trialResults: results, seed: 2);
        Assert.InRange(Run(restored, 40).Min(trial => trial.Loss), 0, before);
    }
}

public sealed class SmacTunerTests : LearningTunerContract
{
    private protected override ITuner Create(SearchSpace.SearchSpace space, int? seed) =>
        new SmacTuner(space, new SmacOptions { NumRandomEISearchConfigurations = 500 }, seed: seed);

    [Fact]
    public void The_first_trial_is_the_default() => Assert.Equal(Mixed.SampleFromFeatureSpace(Mixed.Default), Create(Mixed, 1).Propose(new TrialSettings()));
}
