using System.Globalization;
using System.Numerics.Tensors;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Calibrators;

/// <summary>
/// Learns the temperature with which the probabilities softmax(score / temperature) of a model of several classes have the smallest
/// log loss. Scores that are probabilities already are taken as the softmax of their logarithms.
/// </summary>
/// <remarks>
/// <para>The right class is taken to be right with a probability of 1 − 1 / (n + 2) for n rows, so that rows that are all right do not make
/// anything certain. The temperature is between 0.01 and 100; scores and labels are held in memory.</para>
/// <para>Guo et al., "On Calibration of Modern Neural Networks" (2017), section 4.2.</para>
/// </remarks>
public sealed class TemperatureCalibratorEstimator : IEstimator<TemperatureCalibrationTransformer>
{
    private const string Name = "Temperature";

    private readonly string _labelColumn, _scoreColumn;

    internal TemperatureCalibratorEstimator(string labelColumn, string scoreColumn)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelColumn);
        ArgumentException.ThrowIfNullOrEmpty(scoreColumn);
        (_labelColumn, _scoreColumn) = (labelColumn, scoreColumn);
    }

    /// <summary>Learns from scored rows, which should not be those that the model was trained on. Rows without a label are left out.</summary>
    /// <exception cref="MLPipelinesException">There are no rows with a label, or a score is not a finite number.</exception>
    public TemperatureCalibrationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var (scores, labels, classCount) = Read(BatchView.Of(input));
        bool areProbabilities = AreProbabilities(scores, classCount);
        if (areProbabilities) TemperatureCalibrationTransformer.ToMargins(scores);
        return new TemperatureCalibrationTransformer(_scoreColumn, 1 / TemperatureScaling.InverseTemperature(scores, labels, classCount), areProbabilities);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column score = inputSchema.Require(_scoreColumn, Name), label = inputSchema.Require(_labelColumn, Name);
        if (score.Kind != SchemaShape.Column.VectorKind.Vector || score.IsKey || !score.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"{Name}: column '{_scoreColumn}' is {score.GetTypeString()}, expected Vector<Single> with one score per class.");
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !label.IsKey)
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"{Name}: column '{_labelColumn}' is {label.GetTypeString()}, expected a key. Conversion.MapValueToKey makes one out of any column.");
        return inputSchema.With(ScoreColumns.ProbabilityShape(score));
    }

    private (float[] Scores, int[] Labels, int ClassCount) Read(BatchView view)
    {
        DataViewSchema.Column label = view.Schema[_labelColumn], score = view.Schema[_scoreColumn];
        int classCount = ((VectorDataViewType)score.Type).Size;
        List<float> labels = [], scores = [];
        List<int> rows = [];
        float[] row = new float[classCount];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, label, score));
        while (cursor.Next() is { } batch)
        {
            rows.Clear();
            int first = labels.Count;
            LabelReader.Append(batch[label.Index], label, labels, rows);
            for (int i = 0; i < rows.Count; i++)
            {
                ((VectorColumn<float>)batch[score.Index])[rows[i]].CopyTo(row);
                if (row.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)) throw Wrong(batch.FirstRow + rows[i], score, "numbers that are not finite", "finite scores");
                if (labels[first + i] >= classCount) throw Wrong(batch.FirstRow + rows[i], label, $"class {labels[first + i] + 1}", $"one of the {classCount} classes that have scores");
                scores.AddRange(row);
            }
        }
        if (labels.Count == 0) throw new MLPipelinesException($"{Name}: there is nothing to learn from: the data has no row with a label in column '{_labelColumn}'.");
        return ([.. scores], [.. labels.Select(value => (int)value)], classCount);
    }

    private static MLPipelinesException Wrong(long row, DataViewSchema.Column column, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Name}: row {row}, column '{column.Name}': found {found}, expected {expected}."));

    private static bool AreProbabilities(ReadOnlySpan<float> scores, int classCount)
    {
        if (scores.ContainsAnyExceptInRange(0, 1)) return false;
        for (int start = 0; start < scores.Length; start += classCount)
            if (Math.Abs(TensorPrimitives.Sum(scores.Slice(start, classCount)) - 1) > 1e-3) return false;
        return true;
    }
}

/// <summary>Adds the column <c>Probability</c>: per class, softmax(score / temperature).</summary>
public sealed class TemperatureCalibrationTransformer : RowToRowTransformer
{
    internal const string StepName = "temperature-calibration";

    // The logarithm of a probability of 0 is taken to be that of this number.
    internal const float Smallest = 1e-15f;

    private readonly string _scoreColumn;
    private readonly bool _areProbabilities;

    internal TemperatureCalibrationTransformer(string scoreColumn, float temperature, bool areProbabilities) =>
        (_scoreColumn, Temperature, _areProbabilities) = (scoreColumn, temperature, areProbabilities);

    /// <summary>Above 1, the model was too certain; below 1, not certain enough.</summary>
    public float Temperature { get; }

    public override string TypeId => StepName;

    /// <summary>Replaces probabilities by their logarithms.</summary>
    internal static void ToMargins(Span<float> probabilities)
    {
        TensorPrimitives.Max(probabilities, Smallest, probabilities);
        TensorPrimitives.Log(probabilities, probabilities);
    }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column score = Require(input, _scoreColumn);
        if (score.Type is not VectorDataViewType { IsKnownSize: true } type || !type.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(input), $"{TypeId}: column '{_scoreColumn}' is {score.Type}, expected a vector of Single with one score per class.");
        int source = score.Index;
        return [new OutputColumn(ScoreColumns.Probability, type, ScoreColumns.ProbabilityAnnotations(score), [source], () => Soften(source, type.Size))];
    }

    private ColumnKernel Soften(int source, int classCount)
    {
        var probabilities = new VectorColumn<float>(classCount);
        return batch =>
        {
            var scores = (VectorColumn<float>)batch[source];
            probabilities.Clear();
            for (int row = 0; row < scores.RowCount; row++)
            {
                Span<float> values = probabilities.AppendDense(classCount);
                scores[row].CopyTo(values);
                if (_areProbabilities) ToMargins(values);
                TensorPrimitives.Divide(values, Temperature, values);
                Softmax.Apply(values);
            }
            return probabilities;
        };
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("score", _scoreColumn);
        writer.Set("temperature", Temperature);
        writer.Set("probabilities", _areProbabilities);
    }

    internal static TemperatureCalibrationTransformer Load(ModelStepReader reader)
    {
        float temperature = (float)reader.GetDouble("temperature");
        return temperature > 0 && float.IsFinite(temperature) ? new(reader.GetString("score"), temperature, reader.GetBoolean("probabilities"))
            : throw reader.Invalid($"its temperature is {temperature}, expected a finite number above 0");
    }
}
