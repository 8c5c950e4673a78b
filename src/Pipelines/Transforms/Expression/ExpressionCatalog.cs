using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Transforms that are written as formulas.</summary>
public static class ExpressionCatalog
{
    /// <summary>Computes a column from others by an expression; <see cref="ExpressionEstimator"/> says what can be written.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="expression">The expression, such as <c>(x, y) => log(x) + y</c>.</param>
    /// <param name="inputColumnNames">The columns that its parameters stand for, in order.</param>
    /// <exception cref="ArgumentException">The expression is not one; the message says where.</exception>
    public static ExpressionEstimator Expression(this TransformsCatalog catalog, string outputColumnName, string expression, params string[] inputColumnNames) =>
        new(outputColumnName, expression, inputColumnNames);
}
