using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Finds out what names stand for and which types are computed in, and makes the computation.</summary>
internal sealed class ExpressionBinder
{
    private readonly Dictionary<string, ExpressionValue> _names;

    private ExpressionBinder(Dictionary<string, ExpressionValue> names) => _names = names;

    /// <summary>The computation of an expression.</summary>
    /// <param name="lambda">The expression.</param>
    /// <param name="arguments">What its parameters stand for.</param>
    internal static ExpressionValue Bind(LambdaSyntax lambda, IReadOnlyList<ExpressionValue> arguments)
    {
        if (lambda.Parameters.Length != arguments.Count)
            throw new ExpressionError(0, $"it has {lambda.Parameters.Length} parameters, but there are {arguments.Count} input columns");
        var names = new Dictionary<string, ExpressionValue>(StringComparer.Ordinal);
        for (int i = 0; i < arguments.Count; i++) names.Add(lambda.Parameters[i], arguments[i]);
        return new ExpressionBinder(names).Bind(lambda.Body);
    }

    private ExpressionValue Bind(ExpressionSyntax syntax) => syntax switch
    {
        ConstantSyntax { Value: string text } => ExpressionValue.Of(() => text.AsMemory()),
        ConstantSyntax { Value: bool value } => ExpressionValue.Of(() => value),
        ConstantSyntax { Value: int value } => ExpressionValue.Of(() => value),
        ConstantSyntax { Value: long value } => ExpressionValue.Of(() => value),
        ConstantSyntax { Value: float value } => ExpressionValue.Of(() => value),
        ConstantSyntax { Value: double value } => ExpressionValue.Of(() => value),
        NameSyntax name => _names.TryGetValue(name.Name, out ExpressionValue? value) ? value
            : throw new ExpressionError(name.Position, $"'{name.Name}' is neither a parameter nor a local value"),
        UnarySyntax { Sign: "-" } unary => ExpressionOperators.Negative(Number(unary.Operand, "-")),
        UnarySyntax unary => Not(Boolean(unary.Operand, "not")),
        BinarySyntax { Sign: "and" or "&&" } binary => And(Boolean(binary.Left, binary.Sign), Boolean(binary.Right, binary.Sign)),
        BinarySyntax { Sign: "or" or "||" } binary => Or(Boolean(binary.Left, binary.Sign), Boolean(binary.Right, binary.Sign)),
        BinarySyntax { Sign: "??" } binary => Coalesce(binary),
        BinarySyntax binary => Arithmetic(binary),
        ConditionalSyntax conditional => Conditional(conditional),
        CompareSyntax compare => Compare(compare),
        CallSyntax call => ExpressionFunctions.Bind(call, Array.ConvertAll(call.Arguments, Bind)),
        WithSyntax with => With(with),
        _ => throw new ExpressionError(syntax.Position, "it has no meaning"),
    };

    private ExpressionValue Arithmetic(BinarySyntax binary)
    {
        ExpressionValue left = Number(binary.Left, binary.Sign), right = Number(binary.Right, binary.Sign);
        PrimitiveDataViewType type = ExpressionValue.Join(left.Type, right.Type, isExact: false)!;
        return ExpressionOperators.Arithmetic(binary.Sign, left.As(type)!, right.As(type)!);
    }

    private ExpressionValue Coalesce(BinarySyntax binary)
    {
        ExpressionValue left = Bind(binary.Left), right = Number(binary.Right, "??");
        if (left is not (ExpressionValue<float> or ExpressionValue<double>))
            throw new ExpressionError(binary.Left.Position, $"'??' needs a number that can be missing before it, Single or Double; found {left.Type}");
        PrimitiveDataViewType type = ExpressionValue.Join(left.Type, right.Type, isExact: false)!;
        return ExpressionOperators.FirstThatIsThere(left.As(type)!, right.As(type)!);
    }

    private ExpressionValue Conditional(ConditionalSyntax conditional)
    {
        ExpressionValue condition = Boolean(conditional.Condition, "?"), yes = Bind(conditional.Yes), no = Bind(conditional.No);
        PrimitiveDataViewType type = ExpressionValue.Join(yes.Type, no.Type, isExact: false)
            ?? throw new ExpressionError(conditional.Position, $"the two values are {yes.Type} and {no.Type}, expected values of one type");
        return ExpressionOperators.Choose(condition.Get<bool>(), yes.As(type)!, no.As(type)!);
    }

    private ExpressionValue Compare(CompareSyntax compare)
    {
        ExpressionValue[] operands = Array.ConvertAll(compare.Operands, Bind);
        PrimitiveDataViewType type = operands[0].Type;
        for (int i = 1; i < operands.Length; i++)
        {
            type = ExpressionValue.Join(type, operands[i].Type, isExact: true)
                ?? throw new ExpressionError(compare.Operands[i].Position, $"{operands[i].Type} cannot be compared with {type}");
        }
        if (type is not NumberDataViewType && !ExpressionComparison.NeedsNoOrder(compare.Signs[0]))
            throw new ExpressionError(compare.Position, $"'{compare.Signs[0]}' compares numbers; found {type}");
        return ExpressionComparison.Of(Array.ConvertAll(operands, operand => operand.As(type)!), compare.Signs);
    }

    private ExpressionValue With(WithSyntax with)
    {
        var (local, wrap) = ExpressionOperators.Keep(Bind(with.Value));
        bool hides = _names.TryGetValue(with.Name, out ExpressionValue? hidden);
        _names[with.Name] = local;
        ExpressionValue body = Bind(with.Body);
        if (hides) _names[with.Name] = hidden!;
        else _names.Remove(with.Name);
        return wrap(body);
    }

    private ExpressionValue Number(ExpressionSyntax syntax, string sign) =>
        Bind(syntax) is { IsNumber: true } value ? value : throw new ExpressionError(syntax.Position, $"'{sign}' needs a number; found {Bind(syntax).Type}");

    private ExpressionValue Boolean(ExpressionSyntax syntax, string sign) =>
        Bind(syntax) is { } value && value.Type is BooleanDataViewType ? value
            : throw new ExpressionError(syntax.Position, $"'{sign}' needs a truth value; found {Bind(syntax).Type}");

    private static ExpressionValue Not(ExpressionValue value)
    {
        Func<bool> a = value.Get<bool>();
        return ExpressionValue.Of(() => !a());
    }

    private static ExpressionValue And(ExpressionValue left, ExpressionValue right)
    {
        Func<bool> a = left.Get<bool>(), b = right.Get<bool>();
        return ExpressionValue.Of(() => a() && b());
    }

    private static ExpressionValue Or(ExpressionValue left, ExpressionValue right)
    {
        Func<bool> a = left.Get<bool>(), b = right.Get<bool>();
        return ExpressionValue.Of(() => a() || b());
    }
}
