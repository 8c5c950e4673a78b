using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Averages predictions; see <see cref="PredictionBlendingEstimator"/>.</summary>
public sealed class PredictionBlendingTransformer : RowToRowTransformer
{
    internal const string StepName = "prediction-blending";

    private readonly string[] _inputs;
    private readonly float[] _weights;
    private readonly KeyDataViewType? _labelType;
    private readonly KeyValues? _labels;

    internal PredictionBlendingTransformer(string[] inputs, float[] weights, KeyDataViewType? labelType, KeyValues? labels) =>
        (_inputs, _weights, _labelType, _labels) = (inputs, weights, labelType, labels);

    public override string TypeId => StepName;

    /// <summary>The columns that are averaged.</summary>
    public IReadOnlyList<string> InputColumnNames => _inputs;

    /// <summary>What each of them counts; they sum to 1.</summary>
    public IReadOnlyList<float> Weights => _weights;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column[] sources = Array.ConvertAll(_inputs, name => Require(input, name));
        int[] indices = Array.ConvertAll(sources, source => source.Index);
        if (_labelType is null)
        {
            foreach (DataViewSchema.Column source in sources) Require(input, source.Name, NumberDataViewType.Single);
            return [new OutputColumn(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations("Regression", ScoreColumns.Score), indices, () => Numbers(indices))];
        }
        int classes = (int)_labelType.Count;
        var vector = new VectorDataViewType(NumberDataViewType.Single, classes);
        bool[] isVector = Array.ConvertAll(sources, source => source.Type.Equals(vector) ? true
            : classes == 2 && source.Type.Equals(NumberDataViewType.Single) ? false
            : throw ColumnTypeException.Create(TypeId, source, classes == 2 ? $"Single or {vector}" : $"{vector}"));
        return ClassScoreColumns.Of(input.Count, _labelType, _labels, classes, indices, () => Classes(indices, isVector, classes));
    }

    private ColumnKernel Numbers(int[] sources)
    {
        var scores = new ValueColumn<float>();
        return batch =>
        {
            Span<float> sums = scores.Resize(batch.RowCount);
            sums.Clear();
            for (int i = 0; i < sources.Length; i++) TensorPrimitives.MultiplyAdd(((ValueColumn<float>)batch[sources[i]]).Values, _weights[i], sums, sums);
            return scores;
        };
    }

    private ColumnKernel Classes(int[] sources, bool[] isVector, int classes)
    {
        var scores = new VectorColumn<float>(classes);
        return batch =>
        {
            scores.Clear();
            for (int row = 0; row < batch.RowCount; row++)
            {
                Span<float> sums = scores.AppendDense(classes);
                sums.Clear();
                for (int i = 0; i < sources.Length; i++)
                {
                    if (isVector[i])
                    {
                        Add(((VectorColumn<float>)batch[sources[i]])[row], _weights[i], sums);
                        continue;
                    }
                    // The probability of the second of two classes.
                    float second = ((ValueColumn<float>)batch[sources[i]]).Values[row];
                    sums[0] += _weights[i] * (1 - second);
                    sums[1] += _weights[i] * second;
                }
            }
            return scores;
        };
    }

    private static void Add(RowVector<float> scores, float weight, Span<float> sums)
    {
        if (scores.IsDense) TensorPrimitives.MultiplyAdd(scores.Values, weight, sums, sums);
        else for (int i = 0; i < scores.Indices.Length; i++) sums[scores.Indices[i]] += weight * scores.Values[i];
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("inputs", _inputs);
        writer.WriteArray<float>("weights", _weights, _weights.Length);
        writer.Set("classes", _labelType is null ? 0 : checked((int)_labelType.Count));
        writer.Set("labelled", _labels is not null);
        _labels?.Save(writer.Section("labels"));
    }

    internal static PredictionBlendingTransformer Load(ModelStepReader reader)
    {
        string[] inputs = [.. reader.GetStrings("inputs")];
        int classes = reader.GetInt32("classes");
        if (inputs.Length == 0) throw reader.Invalid("it blends no columns");
        if (classes < 0) throw reader.Invalid($"it has {classes} classes");
        KeyValues? labels = reader.GetBoolean("labelled") ? KeyValues.Load(reader.Section("labels")) : null;
        if (labels is not null && labels.Count != classes) throw reader.Invalid($"it has {labels.Count} labels for {classes} classes");
        return new(inputs, reader.ReadArray<float>("weights", inputs.Length), classes == 0 ? null : new KeyDataViewType(typeof(uint), classes), labels);
    }
}
