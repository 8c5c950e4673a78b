using System.Diagnostics.CodeAnalysis;
using MLPipelines.AutoML.CodeGen;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>A trainer that a search may choose: how it is built from options, what it costs, what is known to be good, and how to say it in C#.</summary>
internal sealed record SweepableTrainer<[DynamicallyAccessedMembers(ParameterObjects.Needed)] T>(string Name, Func<MLContext, T, IEstimator<ITransformer>> Build, Func<T, string> Code)
    where T : TrainerOption, new()
{
    /// <summary>How long learning takes, in passes over the data.</summary>
    public required Func<T, double> Cost { get; init; }

    /// <summary>Options to try before any search, best first.</summary>
    public IReadOnlyList<T> StartingPoints { get; init; } = [];

    /// <param name="option">The columns.</param>
    /// <param name="space">What to search; what the attributes of the options say if not given.</param>
    public SweepableEstimator With(T option, SearchSpace<T>? space)
    {
        (string label, string features, string? weight) = (option.LabelColumnName, option.FeatureColumnName, option.ExampleWeightColumnName);
        return new SweepableEstimator((context, parameter) => Build(context, Read(parameter)), space ?? new SearchSpace<T>(option))
        {
            Name = Name,
            IsTrainer = true,
            Cost = parameter => Cost(Read(parameter)),
            Code = parameter => Code(Read(parameter)),
            StartingPoints = [.. StartingPoints.Select(start => Parameter.FromObject(start)).Where(start => space is null || Fits(space, start))],
        };

        T Read(Parameter parameter)
        {
            T read = parameter.AsType<T>();
            (read.LabelColumnName, read.FeatureColumnName, read.ExampleWeightColumnName) = (label, features, weight);
            return read;
        }
    }

    /// <summary>Whether a space that a user made has the point.</summary>
    private static bool Fits(SearchSpace<T> space, Parameter start)
    {
        try
        {
            space.MappingToFeatureSpace(start);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
