using System.Diagnostics.CodeAnalysis;
using MLPipelines.AutoML.CodeGen;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>The columns that all trainers of a choice learn from.</summary>
internal sealed record LearningColumns(string Label, string Features, string? Weight)
{
    public SweepableEstimator With<[DynamicallyAccessedMembers(ParameterObjects.Needed)] T>(SweepableTrainer<T> trainer, T? option, SearchSpace<T>? space) where T : TrainerOption, new()
    {
        option ??= new T();
        (option.LabelColumnName, option.FeatureColumnName, option.ExampleWeightColumnName) = (Label, Features, Weight);
        return trainer.With(option, space);
    }

    /// <summary>One of the trainers that are there.</summary>
    public SweepablePipeline OneOf(params SweepableEstimator?[] trainers)
    {
        SweepableEstimator[] chosen = [.. trainers.OfType<SweepableEstimator>()];
        return chosen.Length > 0 ? new SweepablePipeline().Append(chosen) : throw new ArgumentException("A choice among trainers needs at least one; none is to be used.", nameof(trainers));
    }
}
