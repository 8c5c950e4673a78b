namespace MLPipelines.Transforms;

/// <summary>
/// Reads an expression: <c>(x, y) => x + y</c>, or <c>x : x + 1</c>. Operators, the loosest first:
/// <c>? :</c>, then <c>??</c>, <c>or ||</c>, <c>and &amp;&amp;</c>, comparisons, <c>+ -</c>, <c>* / %</c>, <c>- not !</c> before a value, <c>^</c>.
/// </summary>
internal sealed class ExpressionParser
{
    private const int Conditional = 1, Coalesce = 2, Or = 3, And = 4, Compare = 5, Add = 6, Multiply = 7, Prefix = 8;

    // Beyond what anybody writes, computing would overflow the stack.
    private const int MostTokens = 4000, MostDepth = 256;

    private readonly List<ExpressionToken> _tokens;
    private int _at;
    private int _depth;

    private ExpressionParser(string source)
    {
        _tokens = ExpressionLexer.Read(source);
        if (_tokens.Count > MostTokens) throw new ExpressionError(_tokens[MostTokens].Position, "the expression is too long");
    }

    private ExpressionToken Current => _tokens[_at];

    internal static LambdaSyntax Parse(string source)
    {
        var parser = new ExpressionParser(source);
        LambdaSyntax lambda = parser.Lambda();
        return parser.Current.Kind == TokenKind.End ? lambda : throw parser.Unexpected("an operator or the end");
    }

    private LambdaSyntax Lambda()
    {
        List<string> parameters = [];
        bool isList = Current.Is("(");
        if (isList) _at++;
        do
        {
            int position = Current.Position;
            string name = Name("the name of a parameter");
            if (parameters.Contains(name)) throw new ExpressionError(position, $"'{name}' is the name of two parameters");
            parameters.Add(name);
        }
        while (isList && TryTake(","));
        if (isList) Take(")");
        if (!TryTake(":")) Take("=>");
        return new LambdaSyntax([.. parameters], Expression(0));
    }

    private ExpressionSyntax Expression(int loosest)
    {
        if (++_depth > MostDepth) throw new ExpressionError(Current.Position, "the expression is nested too deeply");
        ExpressionSyntax left = Primary();
        while (Current.Kind == TokenKind.Sign && Continue(left, loosest) is { } longer) left = longer;
        _depth--;
        return left;
    }

    /// <summary>The expression with the operator that follows; <see langword="null"/> when that binds more loosely.</summary>
    private ExpressionSyntax? Continue(ExpressionSyntax left, int loosest) => Current.Text switch
    {
        "^" => Binary(left, Prefix),
        "*" or "/" or "%" when loosest <= Multiply => Binary(left, Multiply + 1),
        "+" or "-" when loosest <= Add => Binary(left, Add + 1),
        "=" or "==" when loosest <= Compare => Chain(left, "=", "=="),
        "!=" or "<>" when loosest <= Compare => Chain(left, "!=", "<>"),
        "<" or "<=" when loosest <= Compare => Chain(left, "<", "<="),
        ">" or ">=" when loosest <= Compare => Chain(left, ">", ">="),
        "and" or "&&" when loosest <= And => Binary(left, And + 1),
        "or" or "||" when loosest <= Or => Binary(left, Or + 1),
        "??" when loosest <= Coalesce => Binary(left, Coalesce),
        "?" when loosest <= Conditional => Condition(left),
        _ => null,
    };

    private BinarySyntax Binary(ExpressionSyntax left, int loosestRight)
    {
        ExpressionToken sign = _tokens[_at++];
        return new BinarySyntax(sign.Position, sign.Text, left, Expression(loosestRight));
    }

    private ConditionalSyntax Condition(ExpressionSyntax condition)
    {
        int position = _tokens[_at++].Position;
        ExpressionSyntax yes = Expression(0);
        Take(":");
        return new ConditionalSyntax(position, condition, yes, Expression(0));
    }

    private CompareSyntax Chain(ExpressionSyntax first, string sign, string otherSign)
    {
        int position = Current.Position;
        List<ExpressionSyntax> operands = [first];
        List<string> signs = [];
        while (Current.Is(sign) || Current.Is(otherSign))
        {
            signs.Add(_tokens[_at++].Text);
            operands.Add(Expression(Compare + 1));
        }
        if (Current.Kind == TokenKind.Sign && Current.Text is "=" or "==" or "!=" or "<>" or "<" or "<=" or ">" or ">=")
            throw new ExpressionError(Current.Position, "a chain of comparisons goes in one direction; 'and' joins others");
        return new CompareSyntax(position, [.. operands], [.. signs]);
    }

    private ExpressionSyntax Primary()
    {
        ExpressionToken token = Current;
        if (token.Kind == TokenKind.End) throw Unexpected("a value");
        _at++;
        switch (token.Kind, token.Text)
        {
            case (TokenKind.Number, _): return new ConstantSyntax(token.Position, token.Number!);
            case (TokenKind.Text, _): return new ConstantSyntax(token.Position, token.Text);
            case (TokenKind.Sign, "true" or "false"): return new ConstantSyntax(token.Position, token.Text == "true");
            case (TokenKind.Sign, "-" or "not" or "!"): return new UnarySyntax(token.Position, token.Text == "-" ? "-" : "not", Expression(Prefix));
            case (TokenKind.Sign, "with"):
                Take("(");
                return With(token.Position);
            case (TokenKind.Sign, "("):
                ExpressionSyntax inner = Expression(0);
                Take(")");
                return inner;
            case (TokenKind.Name, _): return NameOrCall(token);
        }
        _at--;
        throw Unexpected("a value");
    }

    private ExpressionSyntax NameOrCall(ExpressionToken name)
    {
        // The functions are those of the namespace "global".
        if (Current.Is(".") && name.Text == "global")
        {
            _at++;
            name = Current;
            Name("the name of a function");
            if (!Current.Is("(")) throw Unexpected("'('");
        }
        if (!TryTake("(")) return new NameSyntax(name.Position, name.Text);
        List<ExpressionSyntax> arguments = [];
        if (!Current.Is(")"))
        {
            do arguments.Add(Expression(0));
            while (TryTake(","));
        }
        Take(")");
        return new CallSyntax(name.Position, name.Text, [.. arguments]);
    }

    private WithSyntax With(int position)
    {
        string name = Name("the name of a value");
        Take("=");
        ExpressionSyntax value = Expression(0);
        if (TryTake(",")) return new WithSyntax(position, name, value, With(Current.Position));
        Take(";");
        ExpressionSyntax body = Expression(0);
        Take(")");
        return new WithSyntax(position, name, value, body);
    }

    private string Name(string expected)
    {
        if (Current.Kind != TokenKind.Name) throw Unexpected(expected);
        return _tokens[_at++].Text;
    }

    private bool TryTake(string sign)
    {
        if (!Current.Is(sign)) return false;
        _at++;
        return true;
    }

    private void Take(string sign)
    {
        if (!TryTake(sign)) throw Unexpected($"'{sign}'");
    }

    private ExpressionError Unexpected(string expected) => new(Current.Position, $"found {Current}, expected {expected}");
}
