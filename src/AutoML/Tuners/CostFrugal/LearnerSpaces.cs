using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML;

/// <summary>
/// The space of a sweepable pipeline cut by learner: chains that end in the same trainer form one space, in which the
/// choice of what stands before the trainer is an option like others.
/// </summary>
internal sealed class LearnerSpaces
{
    private readonly string? _name;
    private readonly SweepablePipeline? _pipeline;
    private readonly IReadOnlyList<SweepableEstimator> _trainers = [];

    public LearnerSpaces(SearchSpace.SearchSpace space)
    {
        if (space is PipelineSearchSpace own) _pipeline = own.Pipeline;
        else if (space.FirstOrDefault(pair => pair.Value is PipelineSearchSpace) is { Key: { } name, Value: PipelineSearchSpace nested }) (_name, _pipeline) = (name, nested.Pipeline);
        if (_pipeline is null)
        {
            All = [(space, [space.Default])];
            return;
        }
        var byTrainer = _pipeline.Schemas.GroupBy(_pipeline.LearnerOf).ToList();
        _trainers = [.. byTrainer.Select(group => group.Key)];
        All = [.. byTrainer.Select(group => Cut(space, _pipeline.Only([.. group]), group.Key))];
    }

    /// <summary>Per learner its space and the points to try first, the cheap one leading.</summary>
    public IReadOnlyList<(SearchSpace.SearchSpace Space, IReadOnlyList<double[]> Starts)> All { get; }

    /// <summary>What learning costs with options.</summary>
    public double Cost(Parameter parameter) => _pipeline?.EstimateCost(OfPipeline(parameter)) ?? 1;

    /// <summary>Which learner options are for.</summary>
    public int IndexOf(Parameter parameter)
    {
        if (_pipeline is null) return 0;
        SweepableEstimator trainer = _pipeline.LearnerOf(OfPipeline(parameter)[SweepablePipeline.SchemaOption].AsType<string>());
        return _trainers.TakeWhile(other => other != trainer).Count();
    }

    private Parameter OfPipeline(Parameter parameter) => _name is null ? parameter : parameter[_name];

    private (SearchSpace.SearchSpace, IReadOnlyList<double[]>) Cut(SearchSpace.SearchSpace whole, SweepablePipeline pipeline, SweepableEstimator trainer)
    {
        SearchSpace.SearchSpace space = pipeline.SearchSpace;
        string schema = pipeline.Schemas[0];
        string key = pipeline.KeysOf(schema).Last(key => pipeline.Estimators[key] == trainer);
        IEnumerable<Parameter> starts = trainer.StartingPoints.Select(start => Parameter.CreateNestedParameter(
            KeyValuePair.Create(SweepablePipeline.SchemaOption, Parameter.FromString(schema)), KeyValuePair.Create(key, start)));
        if (_name is not null)
        {
            var outer = new SearchSpace.SearchSpace();
            foreach ((string name, OptionBase option) in whole) outer.Add(name, name == _name ? space : option);
            space = outer;
            starts = starts.Select(start => Parameter.CreateNestedParameter(KeyValuePair.Create(_name, start)));
        }
        return (space, [space.Default, .. starts.Select(space.MappingToFeatureSpace)]);
    }
}
