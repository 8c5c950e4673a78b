using MLPipelines.Data;
using Xunit;

namespace MLPipelines.Testing;

public abstract partial class EstimatorContract
{
    [Theory]
    [InlineData(EdgeCase.NoRows)]
    [InlineData(EdgeCase.OneRow)]
    [InlineData(EdgeCase.ConstantColumns)]
    [InlineData(EdgeCase.NotANumber)]
    [InlineData(EdgeCase.Infinity)]
    public void Unusual_data_is_worked_with_or_refused(EdgeCase edge)
    {
        var context = new MLContext(Seed);
        MemoryView data = EdgeData.Create(Data(context), edge, RequiredColumns);
        if (OutcomeOf(edge) == EdgeOutcome.Throws)
        {
            AssertNamesAColumn(Assert.ThrowsAny<Exception>(() => ViewContents.Read(CreateEstimator(context).Fit(data).Transform(data))));
            return;
        }
        IEstimator<ITransformer> estimator = CreateEstimator(context);
        ITransformer transformer = estimator.Fit(data);
        IDataView output = transformer.Transform(data);
        Assert.Equal(Describe(estimator.GetOutputSchema(SchemaShape.Create(data.Schema))), Describe(SchemaShape.Create(output.Schema)));
        // A step that leaves rows out has no row to compare with.
        if (transformer.IsRowToRowMapper) AssertFinite(data, output);

        // What was learned from unusual data is good for usual data, too, and can be saved.
        MemoryView usual = Data(context);
        if (transformer.IsRowToRowMapper) AssertFinite(usual, transformer.Transform(usual));
        ITransformer loaded = context.Model.Load(new MemoryStream(Save(transformer, data.Schema)), out _);
        AssertSameRows(output, loaded.Transform(data), "the loaded model");
    }

    [Fact]
    public void An_absent_column_is_named()
    {
        var (transformer, data) = Learn();
        foreach (string name in RequiredColumns)
        {
            MemoryView less = data.Without(name);
            var context = new MLContext(Seed);
            Exception[] errors =
            [
                Assert.ThrowsAny<Exception>(() => CreateEstimator(context).GetOutputSchema(SchemaShape.Create(less.Schema))),
                Assert.ThrowsAny<Exception>(() => CreateEstimator(context).Fit(less)),
            ];
            foreach (Exception error in errors)
            {
                AssertNamesAColumn(error);
                Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_column_of_another_type_is_named()
    {
        var context = new MLContext(Seed);
        if (CreateDataOfWrongType(context) is not { } wrong) return;
        AssertNamesAColumn(Assert.ThrowsAny<Exception>(() => CreateEstimator(context).GetOutputSchema(SchemaShape.Create(wrong.Schema))));
        AssertNamesAColumn(Assert.ThrowsAny<Exception>(() => CreateEstimator(context).Fit(wrong)));
        AssertNamesAColumn(Assert.ThrowsAny<Exception>(() => Learn().Transformer.Transform(wrong)));
    }

    /// <summary>Checks that a row that came in with finite numbers only comes out so.</summary>
    private static void AssertFinite(MemoryView input, IDataView output)
    {
        bool[] isFinite = RowsWithFiniteNumbers(input);
        bool[] after = RowsWithFiniteNumbers(MemoryView.Copy(output));
        Assert.Equal(isFinite.Length, after.Length);
        for (int row = 0; row < isFinite.Length; row++) Assert.True(after[row] || !isFinite[row], $"row {row} had finite numbers and has NaN or infinity.");
    }

    private static bool[] RowsWithFiniteNumbers(MemoryView view)
    {
        bool[] isFinite = new bool[view.GetRowCount()!.Value];
        Array.Fill(isFinite, value: true);
        foreach (DataViewSchema.Column column in view.Schema)
        {
            BatchColumn values = view.ColumnOf(column.Name);
            for (int row = 0; row < isFinite.Length; row++)
            {
                isFinite[row] &= values switch
                {
                    ValueColumn<float> scalars => float.IsFinite(scalars.Values[row]),
                    ValueColumn<double> scalars => double.IsFinite(scalars.Values[row]),
                    VectorColumn<float> vectors => !vectors[row].Values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue),
                    VectorColumn<double> vectors => !vectors[row].Values.ContainsAnyExceptInRange(double.MinValue, double.MaxValue),
                    _ => true,
                };
            }
        }
        return isFinite;
    }
}
