using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Computes a column from others; see <see cref="ExpressionEstimator"/>.</summary>
public sealed class ExpressionTransformer : RowToRowTransformer
{
    internal const string StepName = "expression";
    internal const string Expected = "Boolean, Int32, Int64, Single, Double or text, or a vector of these. Conversion.ConvertType converts";

    private readonly ExpressionFormula _formula;

    internal ExpressionTransformer(ExpressionFormula formula) => _formula = formula;

    public override string TypeId => StepName;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column[] columns = [.. _formula.Inputs.Select(name => Require(input, name))];
        VectorDataViewType? vector = null;
        var annotations = new DataViewSchema.Annotations.Builder();
        foreach (DataViewSchema.Column column in columns)
        {
            if (!ExpressionInput.CanBe(RawTypes.ItemTypeOf(column.Type))) throw ColumnTypeException.Create(TypeId, column, Expected);
            if (column.Type is not VectorDataViewType type) continue;
            if (vector is not null) throw ColumnTypeException.Create(TypeId, column, "a scalar, since another column is a vector already");
            vector = type;
            annotations.Add(column.Annotations, kind => kind == AnnotationKinds.SlotNames);
        }
        PrimitiveDataViewType item = _formula.TypeOf([.. columns.Select(column => RawTypes.ItemTypeOf(column.Type))]);
        return [new OutputColumn(_formula.Output, vector is null ? item : new VectorDataViewType(item, vector.Dimensions), annotations.ToAnnotations(),
            [.. columns.Select(column => column.Index)], () => _formula.CreateKernel(columns))];
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("output", _formula.Output);
        writer.Set("expression", _formula.Text);
        writer.Set("inputs", _formula.Inputs);
    }

    internal static ExpressionTransformer Load(ModelStepReader reader)
    {
        try
        {
            return new ExpressionTransformer(new ExpressionFormula(reader.GetString("output"), reader.GetString("expression"), reader.GetStrings("inputs")));
        }
        catch (ArgumentException e)
        {
            throw reader.Invalid(e.Message);
        }
    }
}
