using MLPipelines.AutoML;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>What to learn a prediction from, and how.</summary>
public sealed record TabularPredictionOptions
{
    /// <summary>The column to predict: of any type for classes, a number for regression.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The columns to predict from; <see langword="null"/> to look at the data.</summary>
    public TabularColumns? Columns { get; init; }

    /// <summary>
    /// A name of <see cref="TabularTrainers"/>; <see langword="null"/> to choose between a linear model, boosted trees and a random
    /// forest by rows that are held out. Where <see cref="TrainerSettings"/> are given or there are few rows it is the linear model.
    /// </summary>
    public string? Trainer { get; init; }

    /// <summary>Settings of the trainer by name; those that are absent have its defaults.</summary>
    public IReadOnlyDictionary<string, double> TrainerSettings { get; init; } = new Dictionary<string, double>();

    /// <summary>After this time no further trainer is tried; <see langword="null"/> for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The share of rows to measure the model by before it learns from all rows; 0 not to measure. Default 0.</summary>
    public double HeldOutFraction { get; init; }
}
