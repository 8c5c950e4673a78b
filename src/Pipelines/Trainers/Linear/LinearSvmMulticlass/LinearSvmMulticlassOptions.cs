namespace MLPipelines.Trainers;

/// <summary>Settings of <see cref="LinearSvmMulticlassTrainer"/>.</summary>
public sealed record LinearSvmMulticlassOptions
{
    /// <summary>How much an example inside its margin costs; above 0. Small values regularize more. Default 1.</summary>
    public float Cost { get; init; } = 1;

    /// <summary>
    /// How far the weights are pulled towards those of naive Bayes instead of zero; 0 or more. Between 0.03 and 0.1 helps with
    /// n-grams when classes have few examples. Features must not be negative then. Default 0.
    /// </summary>
    public float PriorStrength { get; init; }

    /// <summary>The value of the constant feature that carries the bias. Default 1.</summary>
    public float BiasScale { get; init; } = 1;

    /// <summary>Training ends when no derivative of the dual is larger; above 0. Default 0.1.</summary>
    public float Tolerance { get; init; } = 0.1f;

    /// <summary>The largest number of passes over the examples; at least 1. Default 30.</summary>
    public int MaximumPasses { get; init; } = 30;

    /// <summary>
    /// What margins are multiplied by to make probabilities of them; above 0. <see langword="null"/>, the default, has it
    /// estimated on a fifth of the examples, which costs a second training.
    /// </summary>
    public float? InverseTemperature { get; init; }

    /// <summary>The column of example weights; <see langword="null"/> when all count the same.</summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>How many threads work; <see langword="null"/> for all cores. The model does not depend on it.</summary>
    public int? NumberOfThreads { get; init; }
}
