using System.Globalization;

namespace MLPipelines.Data;

/// <summary>The columns of rows that a model of two classes has scored.</summary>
internal sealed record BinaryColumns(string LabelColumnName, string ScoreColumnName, string? ProbabilityColumnName, string? PredictedLabelColumnName, string? ExampleWeightColumnName)
{
    internal static DataViewSchema.Column Label(DataViewSchema schema, string name)
    {
        var label = EvaluationColumns.Require(schema, name, "labelColumnName");
        return label.Type is BooleanDataViewType or NumberDataViewType or KeyDataViewType ? label : throw EvaluationColumns.Wrong(label, "labelColumnName", "Boolean");
    }

    internal static DataViewSchema.Column Probability(DataViewSchema schema, string name, string role)
    {
        if (schema.GetColumnOrNull(name) is null) throw new ArgumentOutOfRangeException(role,
            $"Evaluate: column '{name}' not found. The columns are: {schema}. EvaluateNonCalibrated works without probabilities.");
        var probability = EvaluationColumns.Require(schema, name, role);
        return EvaluationColumns.IsNumber(probability) ? probability : throw EvaluationColumns.Wrong(probability, role, "Single");
    }

    internal static double InRange(double probability, long row, DataViewSchema.Column column) => probability is >= 0 and <= 1 ? probability
        : throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"Evaluate: row {row}, column '{column.Name}': found {probability}, expected a probability between 0 and 1."));
}
