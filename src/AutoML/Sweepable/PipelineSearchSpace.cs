using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML;

/// <summary>
/// The space of a sweepable pipeline. What it samples names only the estimators of the chosen chain: options of others
/// have no effect and would make equal pipelines look different.
/// </summary>
internal sealed class PipelineSearchSpace : SearchSpace.SearchSpace
{
    public PipelineSearchSpace(SweepablePipeline pipeline)
    {
        Pipeline = pipeline;
        foreach ((string key, SweepableEstimator estimator) in pipeline.Estimators) Add(key, estimator.SearchSpace);
        Add(SweepablePipeline.SchemaOption, new ChoiceOption([.. pipeline.Schemas]));
    }

    public SweepablePipeline Pipeline { get; }

    public override Parameter SampleFromFeatureSpace(double[] values)
    {
        Parameter all = base.SampleFromFeatureSpace(values);
        Parameter schema = all[SweepablePipeline.SchemaOption];
        var chosen = Parameter.CreateNestedParameter([.. Pipeline.KeysOf(schema.AsType<string>()).Select(key => KeyValuePair.Create(key, all[key]))]);
        chosen[SweepablePipeline.SchemaOption] = schema;
        return chosen;
    }
}
