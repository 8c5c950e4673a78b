using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>An expression and the columns that it is computed from. Immutable.</summary>
internal sealed class ExpressionFormula
{
    private const string StepName = "Expression";

    private readonly LambdaSyntax _lambda;

    /// <exception cref="ArgumentException">The expression is not one; the message says where.</exception>
    internal ExpressionFormula(string outputColumnName, string expression, IReadOnlyList<string> inputColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        if (inputColumnNames.Count == 0) throw new ArgumentException("Expression: no input columns were given.", nameof(inputColumnNames));
        foreach (string name in inputColumnNames) ArgumentException.ThrowIfNullOrEmpty(name, nameof(inputColumnNames));
        (Output, Text, Inputs) = (outputColumnName, expression, [.. inputColumnNames]);
        try
        {
            _lambda = ExpressionParser.Parse(expression);
        }
        catch (ExpressionError e)
        {
            throw e.For(StepName, Text, $"the columns {string.Join(", ", Inputs.Select(name => $"'{name}'"))}");
        }
    }

    internal string Output { get; }

    internal string Text { get; }

    internal IReadOnlyList<string> Inputs { get; }

    /// <summary>The type of the result for inputs of these types.</summary>
    /// <exception cref="ArgumentException">The expression does not fit the types; the message says where.</exception>
    internal PrimitiveDataViewType TypeOf(IReadOnlyList<PrimitiveDataViewType> items) => Bind(items, [.. items.Select(item => ExpressionInput.Create(item, isVector: false, column: 0))]).Type;

    /// <summary>The computation over columns, of which one at most is a vector.</summary>
    internal ColumnKernel CreateKernel(IReadOnlyList<DataViewSchema.Column> columns)
    {
        PrimitiveDataViewType[] items = [.. columns.Select(column => RawTypes.ItemTypeOf(column.Type))];
        ExpressionInput[] inputs = [.. columns.Select((column, i) => ExpressionInput.Create(items[i], column.Type is VectorDataViewType, column.Index))];
        int vector = columns.ToList().FindIndex(column => column.Type is VectorDataViewType);
        ExpressionValue result = Bind(items, inputs);
        return RawTypes.Dispatch(result.Type, new ExpressionKernel(Text, inputs, vector, vector < 0 ? 0 : ((VectorDataViewType)columns[vector].Type).Size, result));
    }

    private ExpressionValue Bind(IReadOnlyList<PrimitiveDataViewType> items, ExpressionInput[] inputs)
    {
        try
        {
            return ExpressionBinder.Bind(_lambda, [.. inputs.Select(input => input.Value)]);
        }
        catch (ExpressionError e)
        {
            throw e.For(StepName, Text, string.Join(", ", Inputs.Select((name, i) => $"{(i < _lambda.Parameters.Length ? $"{_lambda.Parameters[i]}: " : "")}'{name}' ({items[i]})")));
        }
    }
}
