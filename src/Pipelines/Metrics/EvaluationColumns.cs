using System.Globalization;
using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Finds and reads the columns that an evaluation needs, and says what is wrong with them.</summary>
internal static class EvaluationColumns
{
    internal static DataViewSchema.Column Require(DataViewSchema schema, string name, string role)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, role);
        return schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(role,
            $"Evaluate: column '{name}' not found. The columns are: {schema}. Metrics are made of data that a model has transformed.");
    }

    /// <summary>The column of the weights; <see langword="null"/> where none was named.</summary>
    internal static DataViewSchema.Column? Weight(DataViewSchema schema, string? name)
    {
        if (name is null) return null;
        var column = Require(schema, name, "exampleWeightColumnName");
        return IsNumber(column) ? column : throw Wrong(column, "exampleWeightColumnName", "Single");
    }

    internal static ArgumentOutOfRangeException Wrong(DataViewSchema.Column column, string role, string expected) =>
        new(role, $"Evaluate: column '{column.Name}' is {column.Type}, expected {expected}.");

    internal static bool IsNumber(DataViewSchema.Column column) => column.Type is NumberDataViewType;

    internal static MLPipelinesException Empty(string labelColumn, int rows, int unlabeled) => new(
        rows > 0 ? "Evaluate: every row has the weight 0; metrics need a row that counts."
        : unlabeled == 0 ? "Evaluate: the data has no rows; metrics need at least one."
        : string.Create(CultureInfo.InvariantCulture, $"Evaluate: none of the {unlabeled} rows has a label in column '{labelColumn}'; metrics need at least one."));

    /// <summary>The numbers of a column, each finite.</summary>
    internal static List<float> Finite(Batch batch, DataViewSchema.Column column)
    {
        List<float> numbers = [];
        NumberReader.Append(batch[column.Index], column, numbers);
        for (int row = 0; row < numbers.Count; row++)
            if (!float.IsFinite(numbers[row])) throw NotFinite(column, batch.FirstRow + row, numbers[row]);
        return numbers;
    }

    /// <summary>A label as the number of a class.</summary>
    internal static int ClassNumber(float label, DataViewSchema.Column column, long row) => label >= 0 && label == MathF.Floor(label) ? (int)label
        : throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"Evaluate: row {row}, column '{column.Name}': found the label {label}, expected the number of a class: 0, 1, 2 and so on."));

    /// <summary>How much each row counts, 0 or more; <see langword="null"/> where all count the same.</summary>
    internal static List<float>? Weights(Batch batch, DataViewSchema.Column? column)
    {
        if (column is not { } source) return null;
        List<float> weights = [];
        NumberReader.Append(batch[source.Index], source, weights);
        int bad = weights.FindIndex(weight => !(weight >= 0) || !float.IsFinite(weight));
        return bad < 0 ? weights : throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"Evaluate: row {batch.FirstRow + bad}, column '{source.Name}': found the weight {weights[bad]}, expected a number that is not negative."));
    }

    internal static MLPipelinesException NotFinite(DataViewSchema.Column column, long row, float value) => new(string.Create(CultureInfo.InvariantCulture,
        $"Evaluate: row {row}, column '{column.Name}': found {value}, expected a finite number. Features that are NaN make such scores; ReplaceMissingValues fills them in."));
}
