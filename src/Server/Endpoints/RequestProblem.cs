namespace MLPipelines.Server;

/// <summary>A request that cannot be answered; the message says why in a sentence, for who sent it.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">The sentence.</param>
public sealed class RequestProblemException(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The row that it is about, counted from 1; <see langword="null"/> where it is about no row.</summary>
    public int? Row { get; init; }

    /// <summary>The column that it is about.</summary>
    public string? Column { get; init; }

    internal static RequestProblemException At(int row, string? column, string problem) =>
        new(400, string.Create(null, $"Row {row + 1}{(column is null ? "" : $", column '{column}'")}: {problem}")) { Row = row + 1, Column = column };
}
