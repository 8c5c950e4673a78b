namespace MLPipelines.Transforms;

/// <summary>A part of an expression, as it is written.</summary>
/// <param name="Position">Where it starts, or where its operator is, counted from 0.</param>
internal abstract record ExpressionSyntax(int Position);

/// <summary>A number, text or truth value.</summary>
internal sealed record ConstantSyntax(int Position, object Value) : ExpressionSyntax(Position);

/// <summary>A parameter or a local value.</summary>
internal sealed record NameSyntax(int Position, string Name) : ExpressionSyntax(Position);

/// <summary><c>-</c> or <c>not</c>.</summary>
internal sealed record UnarySyntax(int Position, string Sign, ExpressionSyntax Operand) : ExpressionSyntax(Position);

/// <summary>An operator between two values.</summary>
internal sealed record BinarySyntax(int Position, string Sign, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Position);

/// <summary><c>condition ? a : b</c>.</summary>
internal sealed record ConditionalSyntax(int Position, ExpressionSyntax Condition, ExpressionSyntax Yes, ExpressionSyntax No) : ExpressionSyntax(Position);

/// <summary>A chain of comparisons in one direction: <c>0 &lt; x &lt;= 1</c>.</summary>
internal sealed record CompareSyntax(int Position, ExpressionSyntax[] Operands, string[] Signs) : ExpressionSyntax(Position);

/// <summary>A function and its arguments.</summary>
internal sealed record CallSyntax(int Position, string Name, ExpressionSyntax[] Arguments) : ExpressionSyntax(Position);

/// <summary><c>with(name = value; body)</c>.</summary>
internal sealed record WithSyntax(int Position, string Name, ExpressionSyntax Value, ExpressionSyntax Body) : ExpressionSyntax(Position);

/// <summary>A whole expression.</summary>
internal sealed record LambdaSyntax(string[] Parameters, ExpressionSyntax Body);
