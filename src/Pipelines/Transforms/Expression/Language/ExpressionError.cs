using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLPipelines.Transforms;

/// <summary>An error in an expression, before it is known which columns its parameters stand for.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Never leaves the transform: it becomes an ArgumentException.")]
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always has a place.")]
internal sealed class ExpressionError(int position, string problem) : Exception(problem)
{
    /// <summary>The error for a user.</summary>
    internal ArgumentException For(string step, string expression, string parameters) => new(string.Create(CultureInfo.InvariantCulture,
        $"{step}: \"{expression}\", character {position + 1}: {Message}. The parameters are {parameters}."), nameof(expression), this);
}
