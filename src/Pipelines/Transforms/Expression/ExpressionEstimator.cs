using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Computes a column from others by an expression such as <c>(x, y) => x > 0 ? log(x) + y : na(y)</c>. Its parameters stand for the input
/// columns, in order: <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="float"/>, <see cref="double"/> or text. One of them may
/// be a vector: the expression is then computed for each of its items. Nothing is learned.
/// <list type="table">
/// <listheader><term>written</term><description>meaning</description></listheader>
/// <item><term><c>1 1L 1.5 1.5d "a"</c></term><description>int, long, float, double, text (with escapes such as <c>\n</c>, or <c>@"a\b"</c> without); <c>true false</c></description></item>
/// <item><term><c>+ - * / % ^</c></term><description>computed in the wider type of the two; whole numbers are divided without a rest</description></item>
/// <item><term><c>= == != &lt;&gt; &lt; &lt;= &gt; &gt;=</c></term><description>comparisons, also in chains of one direction: <c>0 &lt; x &lt;= 1</c></description></item>
/// <item><term><c>not and or ! &amp;&amp; ||</c></term><description>truth values</description></item>
/// <item><term><c>a ?? b</c></term><description>a, or b where a is NaN</description></item>
/// <item><term><c>c ? a : b</c></term><description>a where c is true, else b; only that one is computed</description></item>
/// <item><term><c>with(a = x * x, b = a + 1; a / b)</c></term><description>values that are named and computed once</description></item>
/// <item><term>numbers</term><description><c>pi() abs sign exp ln log(x) log(x, base) sqrt round floor ceil trunc min max sin cos tan asin acos atan atan2(y, x) sinh cosh tanh
/// sind cosd tand</c> (in degrees) <c>deg rad na isna default</c></description></item>
/// <item><term>texts</term><description><c>len lower upper concat(a, b, …) left(text, end) right(text, start) mid(text, start, end)</c>; places are counted from the end when negative</description></item>
/// <item><term>types</term><description><c>bool int long float double text</c> convert</description></item>
/// </list>
/// </summary>
/// <exception cref="MLPipelinesException">While reading: a whole number was divided by zero or a text is no number. The message names the row.</exception>
public sealed class ExpressionEstimator : IEstimator<ExpressionTransformer>
{
    private readonly ExpressionFormula _formula;

    internal ExpressionEstimator(string outputColumnName, string expression, string[] inputColumnNames) =>
        _formula = new ExpressionFormula(outputColumnName, expression, inputColumnNames);

    public ExpressionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new ExpressionTransformer(_formula);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column[] columns = [.. _formula.Inputs.Select(name => inputSchema.Require(name, ExpressionTransformer.StepName))];
        SchemaShape.Column? vector = null;
        foreach (SchemaShape.Column column in columns)
        {
            if (column.IsKey || !ExpressionInput.CanBe(column.ItemType)) throw ColumnTypeException.Create(ExpressionTransformer.StepName, column, ExpressionTransformer.Expected);
            if (column.Kind == SchemaShape.Column.VectorKind.Scalar) continue;
            if (vector is not null) throw ColumnTypeException.Create(ExpressionTransformer.StepName, column, $"a scalar, since '{vector.Value.Name}' is a vector already");
            vector = column;
        }
        PrimitiveDataViewType type = _formula.TypeOf([.. columns.Select(column => (PrimitiveDataViewType)column.ItemType)]);
        return inputSchema.With(new SchemaShape.Column(_formula.Output, vector?.Kind ?? SchemaShape.Column.VectorKind.Scalar, type, isKey: false,
            vector is not null && vector.Value.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out SchemaShape.Column slotNames) ? new SchemaShape([slotNames]) : null));
    }
}
