using MLPipelines.Data;

namespace MLPipelines.Calibrators;

/// <summary>
/// The base of calibrators for two classes: they learn from the scores that a model gave to labelled rows, which should not be those
/// that the model was trained on, and add the column <c>Probability</c>.
/// </summary>
/// <typeparam name="TICalibrator">What is learned.</typeparam>
public abstract class CalibratorEstimatorBase<TICalibrator> : IEstimator<CalibratorTransformer<TICalibrator>>, ICalibratorLearner where TICalibrator : class, ICalibrator
{
    private readonly string _name, _scoreColumn;
    private readonly string? _labelColumn, _weightColumn;

    private protected CalibratorEstimatorBase(string name, string? labelColumn, string scoreColumn, string? weightColumn)
    {
        ArgumentException.ThrowIfNullOrEmpty(scoreColumn);
        (_name, _labelColumn, _scoreColumn, _weightColumn) = (name, labelColumn, scoreColumn, weightColumn);
    }

    /// <summary>Learns from scored rows. Scores and labels are held in memory.</summary>
    /// <exception cref="MLPipelinesException">There are no rows, rows of one class only, or a score that is not a finite number.</exception>
    public CalibratorTransformer<TICalibrator> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new CalibratorTransformer<TICalibrator>(
            Learn(_labelColumn is null ? new ScoredExamples([], []) : ScoredExamples.Read(input, _name, _labelColumn, _scoreColumn, _weightColumn)), _scoreColumn);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column score = Require(inputSchema, _scoreColumn, NumberDataViewType.Single);
        if (_labelColumn is not null) Require(inputSchema, _labelColumn, BooleanDataViewType.Instance);
        if (_weightColumn is not null) Require(inputSchema, _weightColumn, NumberDataViewType.Single);
        return inputSchema.With(ScoreColumns.ProbabilityShape(score));
    }

    private protected abstract TICalibrator Learn(ScoredExamples examples);

    ISavedCalibrator ICalibratorLearner.Learn(ScoredExamples examples) => (ISavedCalibrator)Learn(examples);

    private SchemaShape.Column Require(SchemaShape schema, string name, DataViewType type)
    {
        SchemaShape.Column column = schema.Require(name, _name);
        return column.Kind == SchemaShape.Column.VectorKind.Scalar && !column.IsKey && column.ItemType.Equals(type) ? column
            : throw new ArgumentOutOfRangeException(nameof(schema), $"{_name}: column '{name}' is {column.GetTypeString()}, expected {type}.");
    }
}

/// <summary>Learns a sigmoid by maximum likelihood.</summary>
/// <remarks>Platt, "Probabilistic Outputs for Support Vector Machines" (1999).</remarks>
public sealed class PlattCalibratorEstimator : CalibratorEstimatorBase<PlattCalibrator>
{
    internal PlattCalibratorEstimator(string labelColumn, string scoreColumn, string? weightColumn) : base("Platt", labelColumn, scoreColumn, weightColumn) =>
        ArgumentException.ThrowIfNullOrEmpty(labelColumn);

    private protected override PlattCalibrator Learn(ScoredExamples examples) => SigmoidFit.Learn(examples);
}

/// <summary>A sigmoid whose numbers are given: nothing is learned, and no label is needed.</summary>
public sealed class FixedPlattCalibratorEstimator : CalibratorEstimatorBase<PlattCalibrator>
{
    private readonly PlattCalibrator _calibrator;

    internal FixedPlattCalibratorEstimator(double slope, double offset, string scoreColumn) : base("Platt", null, scoreColumn, null) =>
        _calibrator = new PlattCalibrator(slope, offset);

    private protected override PlattCalibrator Learn(ScoredExamples examples) => _calibrator;
}

/// <summary>Learns the function with the smallest squared error among those that rise with the score.</summary>
/// <remarks>Zadrozny and Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates" (2002).</remarks>
public sealed class IsotonicCalibratorEstimator : CalibratorEstimatorBase<IsotonicCalibrator>
{
    internal IsotonicCalibratorEstimator(string labelColumn, string scoreColumn, string? weightColumn) : base("Isotonic", labelColumn, scoreColumn, weightColumn) =>
        ArgumentException.ThrowIfNullOrEmpty(labelColumn);

    private protected override IsotonicCalibrator Learn(ScoredExamples examples) => IsotonicCalibrator.Learn(examples);
}

/// <summary>Learns the share of positive rows in each of 200 bins of the same width.</summary>
public sealed class NaiveCalibratorEstimator : CalibratorEstimatorBase<NaiveCalibrator>
{
    internal NaiveCalibratorEstimator(string labelColumn, string scoreColumn) : base("Naive", labelColumn, scoreColumn, weightColumn: null) =>
        ArgumentException.ThrowIfNullOrEmpty(labelColumn);

    private protected override NaiveCalibrator Learn(ScoredExamples examples) => NaiveCalibrator.Learn(examples);
}
