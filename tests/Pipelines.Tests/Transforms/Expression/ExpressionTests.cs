using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms.Expression;

public sealed class ExpressionTests
{
    private readonly MLContext _context = new(seed: 1);

    private static MemoryView One() => new MemoryView().Add("i", 7).Add("l", 5000000000L).Add("f", 1.5f).Add("d", 0.1).Add("n", float.NaN).Add("b", true).AddText("t", "Hello").Add("z", 0);

    private T Compute<T>(string body) => ViewContents.Values<T>(Run(body), "result")[0];

    private string Text(string body) => ViewContents.Texts(Run(body), "result")[0];

    private IDataView Run(string body) => _context.Transforms.Expression("result", $"(i, l, f, d, n, b, t, z) => {body}", "i", "l", "f", "d", "n", "b", "t", "z").Fit(One()).Transform(One());

    // By hand, and with Python: 7 // 2, 7 % 4, 2 ** 3 ** 2 and so on.
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 3 - 2", 5)]
    [InlineData("i / 2", 3)]
    [InlineData("-i / 2", -3)]
    [InlineData("i % 4", 3)]
    [InlineData("2 ^ 3 ^ 2", 512)]
    [InlineData("-2 ^ 2", -4)]
    [InlineData("2 * 3 ^ 2", 18)]
    [InlineData("2 ^ 40", int.MaxValue)]
    [InlineData("(-2) ^ 41", int.MinValue)]
    [InlineData("2 ^ -1", 0)]
    [InlineData("(-1) ^ 7", -1)]
    [InlineData("0xFF", 255)]
    [InlineData("0xFFFFFFFF", -1)]
    [InlineData("b ? 1 : 2", 1)]
    [InlineData("not b ? 1 : i > 5 ? 2 : 3", 2)]
    [InlineData("z = 0 ? 0 : i / z", 0)]
    [InlineData("with(a = i * i; a + a)", 98)]
    [InlineData("with(a = 2, c = a + 1; a * c)", 6)]
    [InlineData("with(i = 1; i) + i", 8)]
    [InlineData("min(i, 3) + max(2, 9) + abs(-4) + sign(-9)", 15)]
    [InlineData("len(t)", 5)]
    [InlineData("int(\"12\") + int(2.5) + int(3.5) + int(b)", 19)]
    [InlineData("int(\"\")", 0)]
    [InlineData("i /* seven */ + 1 // more", 8)]
    [InlineData("global.abs(-3)", 3)]
    [InlineData("default(i)", 0)]
    public void Whole_numbers(string body, int expected) => Assert.Equal(expected, Compute<int>(body));

    [Theory]
    [InlineData("l + i", 5000000007)]
    [InlineData("1L + 1", 2)]
    [InlineData("3000000000", 3000000000)]
    [InlineData("2L ^ 70", long.MaxValue)]
    [InlineData("long(i) * 1000000000", 7000000000)]
    public void Long_whole_numbers(string body, long expected) => Assert.Equal(expected, Compute<long>(body));

    [Theory]
    [InlineData("i / 2.0", 3.5f)]
    [InlineData("f * 2", 3)]
    [InlineData("1e2", 100)]
    [InlineData("2f", 2)]
    [InlineData(".5 + 1", 1.5f)]
    [InlineData("n ?? f ?? 9", 1.5f)]
    [InlineData("n ?? -1", -1)]
    [InlineData("na(f)", float.NaN)]
    [InlineData("sqrt(f + 0.75)", 1.5f)]
    [InlineData("floor(-1.5) + ceil(1.2) + round(2.5) + trunc(-1.9)", 1)]
    [InlineData("log(8, 2)", 3)]
    [InlineData("sind(30)", 0.5f)]
    [InlineData("float(\"x\")", float.NaN)]
    [InlineData("single(\"1.5\") + float(b)", 2.5f)]
    [InlineData("sign(n)", float.NaN)]
    [InlineData("5.5 % 2", 1.5f)]
    public void Numbers(string body, float expected) => Assert.Equal(expected, Compute<float>(body));

    // math.cos(1.5 + math.pi) * 7, math.atan2(1, 2), 0.1 ** 2 and so on with python3.
    [Theory]
    [InlineData("cos(f + pi()) * i", -0.49516041167392)]
    [InlineData("atan2(d, 0.2d)", 0.4636476090008061)]
    [InlineData("d ^ 2", 0.010000000000000002)]
    [InlineData("f + l", 5000000001.5)]
    [InlineData("double(\"0.25\")", 0.25)]
    [InlineData("deg(pi())", 180)]
    [InlineData("ln(exp(d)) + tanh(d)", 0.19966799462495583)]
    public void Numbers_of_double_precision(string body, double expected) => Assert.Equal(expected, Compute<double>(body), 12);

    [Theory]
    [InlineData("1 < i <= 7", true)]
    [InlineData("1 < i < 7", false)]
    [InlineData("9 > i >= 7 > 1", true)]
    [InlineData("i = 7", true)]
    [InlineData("i == 7 == 7.0", true)]
    [InlineData("1 != 2 != 1", false)]
    [InlineData("1 <> 2 <> 3", true)]
    [InlineData("n = n", false)]
    [InlineData("n != n", true)]
    [InlineData("isna(n) and not isna(f)", true)]
    [InlineData("!b || t == \"Hello\"", true)]
    [InlineData("false or b and false", false)]
    [InlineData("b = true", true)]
    [InlineData("t != \"hello\" && lower(t) = \"hello\"", true)]
    [InlineData("bool(\"yes\")", true)]
    [InlineData("16777217 = 16777216f", false)]
    public void Truth_values(string body, bool expected) => Assert.Equal(expected, Compute<bool>(body));

    [Theory]
    [InlineData("upper(t)", "HELLO")]
    [InlineData("lower(t)", "hello")]
    [InlineData("left(t, 2)", "He")]
    [InlineData("left(t, -2)", "Hel")]
    [InlineData("right(t, 3)", "lo")]
    [InlineData("right(t, -1)", "o")]
    [InlineData("right(t, 99)", "")]
    [InlineData("mid(t, 1, 3)", "el")]
    [InlineData("mid(t, 3, 1)", "")]
    [InlineData("concat()", "")]
    [InlineData("concat(t, \"-\", upper(t), \"-\", lower(t))", "Hello-HELLO-hello")]
    [InlineData("text(i)", "7")]
    [InlineData("concat(text(f), text(b))", "1.51")]
    [InlineData("\"a\\t\\\"\\u00e9\\\\\"", "a\t\"é\\")]
    [InlineData("@\"a\\b\"\"c\"", "a\\b\"c")]
    [InlineData("b ? t : \"other\"", "Hello")]
    [InlineData("with(@with = t; concat(@with, @with))", "HelloHello")]
    public void Texts(string body, string expected) => Assert.Equal(expected, Text(body));

    [Fact]
    public void The_items_of_one_vector_are_computed_one_by_one()
    {
        // ML.NET's sample Expression.cs.
        var data = new MemoryView().Add("x", 0.5f, 3).AddSparse("y", [[1f, 0.2f], [3, 0]], ["p", "q"]).AddTexts("s", [["zero", "one"], ["c", "d"]]).Add("b", true, false).Add("i", 3, 4);
        var transforms = _context.Transforms;
        IDataView result = transforms.Expression("Logs", "(x,y)=>log(y)+x", "x", "y").Append(transforms.Expression("Lengths", "(b,s,i)=>b ? len(s) : i", "b", "s", "i"))
            .Append(transforms.Expression("Long", "s : concat(s, \"!\")", "s")).Fit(data).Transform(data);
        Assert.Equal([0.5f, -1.1094379f, 4.0986123f, float.NegativeInfinity], ViewContents.Vectors<float>(result, "Logs").SelectMany(row => row), (a, b) => a.Equals(b) || MathF.Abs(a - b) < 1e-6f);
        Assert.Equal(["p", "q"], ViewContents.SlotNames(result, "Logs"));
        Assert.Equal([[4, 3], [4, 4]], ViewContents.Vectors<int>(result, "Lengths"));
        Assert.Equal([["zero!", "one!"], ["c!", "d!"]], ViewContents.TextVectors(result, "Long"));
    }

    [Theory]
    [InlineData("(x) => x +", 11, "found the end, expected a value")]
    [InlineData("(x) => x 1", 10, "expected an operator")]
    [InlineData("(x) => y", 8, "'y' is neither")]
    [InlineData("(x) => sine(x)", 8, "no function 'sine'")]
    [InlineData("(x) => x ? 1 : 2", 8, "needs a truth value; found Single")]
    [InlineData("(x) => x < 2 > 1", 14, "one direction")]
    [InlineData("(x) => len(x)", 8, "'len' takes String; found Single")]
    [InlineData("(x) => x = \"a\"", 12, "cannot be compared")]
    [InlineData("(x) => true ? x : \"a\"", 13, "values of one type")]
    [InlineData("(x, y) => x", 1, "2 parameters, but there are 1")]
    [InlineData("(x, x) => x", 5, "two parameters")]
    [InlineData("(x) => \"a", 8, "no end")]
    [InlineData("(x) => 'a'", 8, "double ones")]
    [InlineData("(x) => 99999999999999999999", 8, "too large")]
    [InlineData("(x) => x # 2", 10, "no meaning")]
    [InlineData("(x) => 1 ?? 2", 8, "can be missing")]
    [InlineData("(x) => \"\\q\"", 9, "escape")]
    [InlineData("(x) => 2x", 9, "operator is missing")]
    [InlineData("x", 2, "expected '=>'")]
    public void Errors_say_where_and_what(string expression, int character, string problem)
    {
        var data = new MemoryView().Add("Size", 1f);
        var error = Assert.Throws<ArgumentException>(() => _context.Transforms.Expression("result", expression, "Size").Fit(data));
        Assert.Contains($"character {character}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("'Size'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("i : 10 / i", "row 2")]
    [InlineData("i : int(concat(text(i), \"x\"))", "row 0")]
    public void What_cannot_be_computed_names_the_row(string expression, string row)
    {
        var data = new MemoryView().Add("i", 1, 2, 0);
        IDataView result = _context.Transforms.Expression("result", expression, "i").Fit(data).Transform(data);
        Assert.Contains(row, Assert.Throws<MLPipelinesException>(() => ViewContents.Read(result)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('(', 400)]
    [InlineData('-', 400)]
    [InlineData('1', 0)]
    public void Endless_expressions_are_refused(char c, int depth)
    {
        string body = depth > 0 ? new string(c, depth) + "1" : string.Join('+', Enumerable.Repeat("1", 5000));
        Assert.Throws<ArgumentException>(() => _context.Transforms.Expression("result", $"x => {body}", "x"));
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Size", "Items", "Text"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Expression("Sum", "(x, v, t) => with(a = x * 2; v > 1 ? a + v : len(t))", "Size", "Items", "Text")
            .Append(context.Transforms.Expression("Text", "(x, t) => concat(upper(t), \"-\", text(x))", "Size", "Text"));

        protected override IDataView CreateData(MLContext context) =>
            new MemoryView().Add("Size", 1f, 2, 3).AddSparse("Items", [[0f, 2], [0, 0], [3, 4]], ["a", "b"]).AddText("Text", "a", "", "abc");

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("Size").AddText("Size", "a", "b", "c");
    }
}
