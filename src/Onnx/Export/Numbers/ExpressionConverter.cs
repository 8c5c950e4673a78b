using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Numbers;

/// <summary>Formulas as operators. Types join as they do in the language; functions of real numbers are computed in double precision where the operator has it.</summary>
internal sealed class ExpressionConverter
{
    private readonly GraphBuilder _graph;
    private readonly Dictionary<string, GraphValue> _names = new(StringComparer.Ordinal);

    private ExpressionConverter(GraphBuilder graph) => _graph = graph;

    internal static void Convert(StepExport step)
    {
        LambdaSyntax lambda = ExpressionParser.Parse(step.Saved.GetString("expression"));
        GraphValue[] inputs = [.. step.Saved.GetStrings("inputs").Select(step.Column)];
        var converter = new ExpressionConverter(step.Graph);
        for (int i = 0; i < inputs.Length; i++) converter._names.Add(lambda.Parameters[i], inputs[i]);
        string output = step.Saved.GetString("output");
        GraphValue result = converter.Bind(lambda.Body);
        TensorType type = ColumnTensors.InnerType(step.Output[output].Type)!.Value;
        if (result.Type != type) result = step.Graph.Cast(result, type);
        // A formula without a parameter has one value for all rows.
        if (result.Rank != 2) result = step.Graph.Repeat(step.Graph.Reshape(result, 1, 1), inputs[0]);
        step.Set(output, result);
    }

    private GraphValue Bind(ExpressionSyntax syntax) => syntax switch
    {
        ConstantSyntax { Value: bool value } => _graph.Scalar(value),
        ConstantSyntax { Value: int value } => _graph.Scalar(value),
        ConstantSyntax { Value: long value } => _graph.Scalar(value),
        ConstantSyntax { Value: float value } => _graph.Scalar(value),
        ConstantSyntax { Value: double value } => _graph.Scalar(value),
        NameSyntax name => _names[name.Name],
        UnarySyntax { Sign: "-" } unary => _graph.Negate(Bind(unary.Operand)),
        UnarySyntax unary => _graph.Not(Bind(unary.Operand)),
        BinarySyntax { Sign: "and" or "&&" } binary => _graph.And(Bind(binary.Left), Bind(binary.Right)),
        BinarySyntax { Sign: "or" or "||" } binary => _graph.Or(Bind(binary.Left), Bind(binary.Right)),
        BinarySyntax binary => Binary(binary.Sign, Bind(binary.Left), Bind(binary.Right)),
        ConditionalSyntax conditional => Choose(Bind(conditional.Condition), Bind(conditional.Yes), Bind(conditional.No)),
        CompareSyntax compare => Compare(compare),
        CallSyntax call => Call(call.Name, Array.ConvertAll(call.Arguments, Bind)),
        WithSyntax with => With(with),
        _ => throw new NotExportableException("texts in formulas can only be compared"),
    };

    private GraphValue Binary(string sign, GraphValue left, GraphValue right)
    {
        (left, right) = Join(left, right, isExact: false);
        return sign switch
        {
            "+" => _graph.Add(left, right),
            "-" => _graph.Subtract(left, right),
            "*" => _graph.Multiply(left, right),
            "/" => _graph.Divide(left, right),
            "%" => _graph.Node("Mod", left.Type, ArithmeticOperations.Broadcast(left.Shape, right.Shape), [left, right], ("fmod", true)),
            "??" => _graph.Where(_graph.IsNaN(left), right, left),
            _ => _graph.Cast(_graph.Power(Double(left), Double(right)), left.Type),
        };
    }

    private GraphValue Choose(GraphValue condition, GraphValue yes, GraphValue no)
    {
        (yes, no) = Join(yes, no, isExact: false);
        return _graph.Where(condition, yes, no);
    }

    private GraphValue With(WithSyntax with)
    {
        GraphValue value = Bind(with.Value);
        bool hides = _names.TryGetValue(with.Name, out GraphValue? hidden);
        _names[with.Name] = value;
        GraphValue body = Bind(with.Body);
        if (hides) _names[with.Name] = hidden!;
        else _names.Remove(with.Name);
        return body;
    }

    private GraphValue Compare(CompareSyntax compare)
    {
        List<GraphValue> tests = [];
        for (int i = 0; i < compare.Signs.Length; i++)
        {
            int end = compare.Signs[0] is "!=" or "<>" ? compare.Operands.Length : i + 2;
            // With "!=" all differ from each other.
            for (int j = i + 1; j < end; j++) tests.Add(Compare(compare.Signs[i], compare.Operands[i], compare.Operands[j]));
        }
        return tests.Aggregate(_graph.And);
    }

    private GraphValue Compare(string sign, ExpressionSyntax first, ExpressionSyntax second)
    {
        if (second is ConstantSyntax { Value: string text }) return Equals(sign, Bind(first), text);
        if (first is ConstantSyntax { Value: string other }) return Equals(sign, Bind(second), other);
        var (left, right) = Join(Bind(first), Bind(second), isExact: true);
        if (left.Type == TensorType.String) throw new NotExportableException("texts can only be compared with texts that are written in the formula");
        return sign switch
        {
            "<" => _graph.Less(left, right),
            "<=" => _graph.Or(_graph.Less(left, right), _graph.Equal(left, right)),
            ">" => _graph.Greater(left, right),
            ">=" => _graph.Or(_graph.Greater(left, right), _graph.Equal(left, right)),
            "!=" or "<>" => _graph.Not(_graph.Equal(left, right)),
            _ => _graph.Equal(left, right),
        };
    }

    private GraphValue Equals(string sign, GraphValue column, string text)
    {
        GraphValue isSame = _graph.Equal(_graph.Look(column, [text], [1], 0), _graph.Scalar(1L));
        return sign is "!=" or "<>" ? _graph.Not(isSame) : isSame;
    }

    private GraphValue Call(string name, GraphValue[] arguments)
    {
        GraphValue Real(Func<GraphValue, GraphValue> compute) => _graph.Cast(compute(Double(arguments[0])), arguments[0].Type == TensorType.Double ? TensorType.Double : TensorType.Float);
        GraphValue Operator(string op) => Real(x => _graph.Each(op, x));
        // These operators are for single precision alone.
        GraphValue Single(string op) => Real(x => _graph.Cast(_graph.Each(op, _graph.Cast(x, TensorType.Float)), TensorType.Double));
        GraphValue Times(double factor) => Real(x => _graph.Multiply(x, _graph.Scalar(factor)));
        return name switch
        {
            "pi" => _graph.Scalar(Math.PI),
            "abs" => _graph.Abs(arguments[0]),
            "sign" => _graph.Each("Sign", arguments[0]),
            "exp" => Operator("Exp"),
            "ln" => Operator("Log"),
            "log" when arguments.Length == 1 => Operator("Log"),
            "log" => Real(x => _graph.Divide(_graph.Log(x), _graph.Log(Double(arguments[1])))),
            "sqrt" => Operator("Sqrt"),
            "sin" => Operator("Sin"),
            "cos" => Operator("Cos"),
            "tanh" => Operator("Tanh"),
            "floor" => Operator("Floor"),
            "ceil" or "ceiling" => Operator("Ceil"),
            "round" => Operator("Round"),
            "trunc" or "truncate" => Real(x => _graph.Multiply(_graph.Each("Sign", x), _graph.Floor(_graph.Abs(x)))),
            "tan" or "asin" or "acos" or "atan" or "sinh" or "cosh" => Single(char.ToUpperInvariant(name[0]) + name[1..]),
            "deg" or "degrees" => Times(180 / Math.PI),
            "rad" or "radians" => Times(Math.PI / 180),
            "min" => Pair(_graph.Min),
            "max" => Pair(_graph.Max),
            "isna" => _graph.IsNaN(arguments[0]),
            "na" => arguments[0].Type == TensorType.Double ? _graph.Scalar(double.NaN) : _graph.Scalar(float.NaN),
            "float" or "single" when arguments[0].Type != TensorType.String => _graph.Cast(arguments[0], TensorType.Float),
            "double" when arguments[0].Type != TensorType.String => _graph.Cast(arguments[0], TensorType.Double),
            "int" when arguments[0].Type != TensorType.String => _graph.Cast(Rounded(arguments[0]), TensorType.Int32),
            "long" when arguments[0].Type != TensorType.String => _graph.Cast(Rounded(arguments[0]), TensorType.Int64),
            "bool" when arguments[0].Type == TensorType.Bool => arguments[0],
            _ => throw new NotExportableException($"its function '{name}' has no operator"),
        };

        GraphValue Pair(Func<GraphValue, GraphValue, GraphValue> compute)
        {
            var (left, right) = Join(arguments[0], arguments[1], isExact: false);
            return compute(left, right);
        }
    }

    private GraphValue Rounded(GraphValue value) => value.Type is TensorType.Float or TensorType.Double ? _graph.Each("Round", value) : value;

    private GraphValue Double(GraphValue value) => _graph.Cast(value, TensorType.Double);

    /// <summary>Two values as the type that they are computed in.</summary>
    private (GraphValue Left, GraphValue Right) Join(GraphValue left, GraphValue right, bool isExact)
    {
        if (left.Type == right.Type) return (left, right);
        bool Has(TensorType type) => left.Type == type || right.Type == type;
        TensorType joined = Has(TensorType.Int32) && Has(TensorType.Int64) ? TensorType.Int64
            : Has(TensorType.Int32) && Has(TensorType.Float) && !isExact ? TensorType.Float : TensorType.Double;
        return (_graph.Cast(left, joined), _graph.Cast(right, joined));
    }
}
