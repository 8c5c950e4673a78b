namespace MLPipelines.Cli.Train;

/// <summary>What a training learns from.</summary>
/// <param name="Rows">The rows to learn from, in memory.</param>
/// <param name="Test">Rows set aside or of a file of their own; <see langword="null"/> when there are none.</param>
/// <param name="TestRows">What the test rows are, in words.</param>
/// <param name="Label">The name of the label column.</param>
/// <param name="Columns">The columns that the model will ask for.</param>
/// <param name="Properties">What a later use of the model needs to know.</param>
internal sealed record TrainingData(IDataView Rows, IDataView? Test, string TestRows, string Label, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>The number of rows to learn from, where it is known.</summary>
    internal long? RowCount { get; init; }
}
