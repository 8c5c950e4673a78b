using System.Globalization;
using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Cli.Explaining;

/// <summary>Says what was predicted for a row: the label as the file has it, or the number.</summary>
internal sealed class PredictionText
{
    private readonly int _score;
    private readonly int? _label;
    private readonly string[]? _classes;

    internal PredictionText(DataViewSchema scored)
    {
        DataViewSchema.Column score = scored["Score"];
        (_score, _classes) = (score.Index, score.SlotNamesOrNull());
        _label = scored.GetColumnOrNull("PredictedLabel") is { Type: TextDataViewType or BooleanDataViewType } label ? label.Index : null;
    }

    /// <summary>What is read.</summary>
    internal IEnumerable<int> Columns => _label is { } label ? [_score, label] : [_score];

    /// <summary>The class with the highest score; 0 where there is one score.</summary>
    internal int OutputOf(Batch batch, int row) => batch[_score] is VectorColumn<float> scores ? TensorPrimitives.IndexOfMax(scores[row].Values) : 0;

    internal string Of(Batch batch, int row)
    {
        if (_label is { } label)
            return batch[label] is TextColumn text ? text[row].ToString() : ((ValueColumn<bool>)batch[label]).Values[row] ? "true" : "false";
        if (batch[_score] is ValueColumn<float> number) return number.Values[row].ToString(CultureInfo.InvariantCulture);
        int output = OutputOf(batch, row);
        return _classes?[output] ?? output.ToString(CultureInfo.InvariantCulture);
    }
}
