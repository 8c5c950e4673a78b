using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML.Tests.Tuners;

/// <summary>What every tuner keeps.</summary>
public abstract class TunerContract
{
    protected static SearchSpace.SearchSpace Mixed => new()
    {
        ["count"] = new UniformIntOption(4, 4096, logBase: true, defaultValue: 4),
        ["rate"] = new UniformDoubleOption(0.01, 1, logBase: true, defaultValue: 0.1),
        ["kind"] = new ChoiceOption("a", "b", "c"),
    };

    /// <summary>Least at count 256, rate 0.05 and kind b.</summary>
    protected static double Loss(Parameter p) =>
        Math.Pow(Math.Log(p["count"].AsType<int>() / 256.0), 2) + Math.Pow(Math.Log(p["rate"].AsType<double>() / 0.05), 2) + (p["kind"].AsType<string>() == "b" ? 0 : 1);

    private protected abstract ITuner Create(SearchSpace.SearchSpace space, int? seed);

    [Fact]
    public void The_same_seed_and_results_give_the_same_proposals()
    {
        Assert.Equal(Run(Create(Mixed, 3), 40).Select(trial => trial.Parameter), Run(Create(Mixed, 3), 40).Select(trial => trial.Parameter));
    }

    [Fact]
    public void Proposals_lie_in_the_space()
    {
        SearchSpace.SearchSpace space = Mixed;
        foreach ((Parameter parameter, double _) in Run(Create(space, 1), 60)) Assert.All(space.MappingToFeatureSpace(parameter), x => Assert.InRange(x, 0, 1));
    }

    [Fact]
    public void Several_trials_may_be_on_their_way_and_come_back_in_any_order()
    {
        ITuner tuner = Create(Mixed, 1);
        var random = new Random(0);
        var pending = new List<TrialSettings>();
        var seen = new HashSet<Parameter>();
        for (int i = 0; i < 60; i++)
        {
            var settings = new TrialSettings { TrialId = i };
            settings.Parameter = tuner.Propose(settings);
            seen.Add(settings.Parameter);
            pending.Add(settings);
            if (pending.Count < 5) continue;
            TrialSettings done = pending[random.Next(pending.Count)];
            pending.Remove(done);
            tuner.Update(new TrialResult { TrialSettings = done, Loss = Loss(done.Parameter) });
        }
        Assert.Equal(60, seen.Count);
    }

    [Fact]
    public void Failed_trials_do_not_stop_the_search()
    {
        ITuner tuner = Create(Mixed, 1);
        for (int i = 0; i < 40; i++)
        {
            var settings = new TrialSettings { TrialId = i };
            settings.Parameter = tuner.Propose(settings);
            tuner.Update(new TrialResult
            {
                TrialSettings = settings,
                Loss = i % 3 == 0 ? double.NaN : Loss(settings.Parameter),
                Exception = i % 3 == 1 ? new InvalidOperationException("failed") : null,
            });
        }
        Assert.NotNull(tuner.Propose(new TrialSettings { TrialId = 40 }));
    }

    [Fact]
    public void Results_of_trials_from_elsewhere_count()
    {
        ITuner tuner = Create(Mixed, 1);
        for (int i = 0; i < 20; i++)
        {
            Parameter parameter = Mixed.SampleFromFeatureSpace([i / 20.0, 0.5, 0.5]);
            tuner.Update(new TrialResult { TrialSettings = new TrialSettings { TrialId = i, Parameter = parameter }, Loss = Loss(parameter) });
        }
        Assert.NotNull(tuner.Propose(new TrialSettings { TrialId = 20 }));
    }

    [Fact]
    public void A_space_that_is_exhausted_repeats_itself_instead_of_hanging()
    {
        var space = new SearchSpace.SearchSpace { ["flag"] = new ChoiceOption(true, false) };
        Assert.Equal(2, Run(Create(space, 1), 30, _ => 1).Select(trial => trial.Parameter).Distinct().Count());
    }

    protected static List<(Parameter Parameter, double Loss)> Run(ITuner tuner, int trials, Func<Parameter, double>? loss = null)
    {
        var run = new List<(Parameter, double)>();
        for (int i = 0; i < trials; i++)
        {
            var settings = new TrialSettings { TrialId = i };
            settings.Parameter = tuner.Propose(settings);
            double value = (loss ?? Loss)(settings.Parameter);
            run.Add((settings.Parameter, value));
            tuner.Update(new TrialResult { TrialSettings = settings, Loss = value });
        }
        return run;
    }
}

public sealed class RandomSearchTunerTests : TunerContract
{
    private protected override ITuner Create(SearchSpace.SearchSpace space, int? seed) => new RandomSearchTuner(space, seed);

    [Fact]
    public void A_trial_draws_the_same_whatever_was_tried_before() =>
        Assert.Equal(Run(Create(Mixed, 5), 10)[9].Parameter, Create(Mixed, 5).Propose(new TrialSettings { TrialId = 9 }));
}

public sealed class GridSearchTunerTests : TunerContract
{
    private protected override ITuner Create(SearchSpace.SearchSpace space, int? seed) => new GridSearchTuner(space);

    [Fact]
    public void All_points_come_once_before_any_comes_again()
    {
        List<(Parameter Parameter, double Loss)> run = Run(new GridSearchTuner(Mixed, stepSize: 4), 2 * 4 * 4 * 3);
        Assert.Equal(4 * 4 * 3, run.Select(trial => trial.Parameter).Distinct().Count());
        Assert.Equal(run.Take(48).Select(trial => trial.Parameter), run.Skip(48).Select(trial => trial.Parameter));
        Assert.Contains(run, trial => trial.Parameter["count"].AsType<int>() == 4096);
    }
}
