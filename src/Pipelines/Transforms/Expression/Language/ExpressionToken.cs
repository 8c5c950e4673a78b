namespace MLPipelines.Transforms;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the expression.</summary>
    End,

    /// <summary>A name: of a parameter, a local value or a function.</summary>
    Name,

    /// <summary>An <see cref="int"/>, <see cref="long"/>, <see cref="float"/> or <see cref="double"/>.</summary>
    Number,

    /// <summary>A text in quotation marks.</summary>
    Text,

    /// <summary>An operator, a bracket, or a word of the language, such as <c>not</c>.</summary>
    Sign,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it starts, counted from 0.</param>
/// <param name="Text">A name, sign or text.</param>
/// <param name="Number">A number.</param>
internal readonly record struct ExpressionToken(TokenKind Kind, int Position, string Text, object? Number = null)
{
    internal bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Number => FormattableString.Invariant($"{Number}"),
        TokenKind.Text => $"\"{Text}\"",
        _ => $"'{Text}'",
    };
}
