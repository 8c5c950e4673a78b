using MLPipelines.Data;
using MLPipelines.Trainers.Recommender;

namespace MLPipelines.Trainers;

/// <summary>
/// Fills in a matrix of which some elements are known, such as ratings of users (rows) for items (columns): each row and each column gets a few factors, and an
/// element is the scalar product of those of its row and column. See <see cref="FactorDescent"/> and <see cref="OneClassDescent"/> for what is minimized.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>. It is never NaN: see <see cref="MatrixFactorizationModelParameters"/> for rows and columns that are not known.</para>
/// <para>Training rows without a key or with a label that is NaN are left out. A pair that occurs twice counts twice (once with <see cref="LossFunctionType.SquareLossOneClass"/>).
/// All elements are held in memory, 24 bytes each.</para>
/// <para>The same seed learns the same model for any number of threads.</para>
/// </remarks>
public sealed class MatrixFactorizationTrainer : IEstimator<MatrixFactorizationPredictionTransformer>
{
    /// <summary>What is known of a matrix.</summary>
    public enum LossFunctionType
    {
        /// <summary>Values of some elements, such as ratings; nothing is said of the others.</summary>
        SquareLossRegression = 0,

        /// <summary>Which elements occurred, such as what was bought; others are wanted at <see cref="Options.C"/>, with the weight <see cref="Options.Alpha"/>. Labels are not looked at.</summary>
        SquareLossOneClass = 12,
    }

    /// <summary>Options of <see cref="MatrixFactorizationTrainer"/>.</summary>
    public sealed class Options
    {
        /// <summary>The column of column indices: a key.</summary>
        public string MatrixColumnIndexColumnName = "";

        /// <summary>The column of row indices: a key.</summary>
        public string MatrixRowIndexColumnName = "";

        /// <summary>The column of values: <see cref="float"/> or <see cref="double"/>.</summary>
        public string LabelColumnName = "";

        /// <summary>What is known of the matrix.</summary>
        public LossFunctionType LossFunction = Defaults.LossFunction;

        /// <summary>The weight of the regularization; above 0.</summary>
        public double Lambda = Defaults.Lambda;

        /// <summary>The number of factors; above 0.</summary>
        public int ApproximationRank = Defaults.ApproximationRank;

        /// <summary>The number of passes; above 0.</summary>
        public int NumberOfIterations = Defaults.NumIterations;

        /// <summary>How far the first steps go; above 0. One-class learning needs none.</summary>
        public double LearningRate = Defaults.LearningRate;

        /// <summary>One-class learning: how much an element that did not occur counts; above 0.</summary>
        public double Alpha = Defaults.Alpha;

        /// <summary>One-class learning: the value wanted of an element that did not occur.</summary>
        public double C = Defaults.C;

        /// <summary>How many threads learn; <see langword="null"/> for one per processor.</summary>
        public int? NumberOfThreads;

        /// <summary>Without effect: progress goes to <see cref="MLContext.Progress"/> only. Kept so that code ports.</summary>
        public bool Quiet = Defaults.Quiet;

        /// <summary>Whether no factor may be below 0.</summary>
        public bool NonNegative = Defaults.NonNegative;

        internal int Threads => NumberOfThreads ?? System.Environment.ProcessorCount;

        /// <summary>The options as they are now: what a caller changes later does not reach the trainer.</summary>
        internal Options Snapshot() => (Options)MemberwiseClone();
    }

    internal static class Defaults
    {
        internal const bool Quiet = false;
        internal const bool NonNegative = false;
        internal const double C = 1e-6f;
        internal const double Alpha = 1e-4f;
        internal const double LearningRate = 0.1;
        internal const int NumIterations = 20;
        internal const int ApproximationRank = 8;
        internal const double Lambda = 0.1;
        internal const LossFunctionType LossFunction = LossFunctionType.SquareLossRegression;
    }

    private const string Name = "MatrixFactorization";

    private readonly TrainingEnvironment _environment;
    private readonly Options _options;

    internal MatrixFactorizationTrainer(TrainingEnvironment environment, Options options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.LabelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.MatrixColumnIndexColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.MatrixRowIndexColumnName);
        OptionCheck.AboveZero(options.ApproximationRank, nameof(options.ApproximationRank));
        OptionCheck.AboveZero(options.NumberOfThreads ?? 1, nameof(options.NumberOfThreads));
        OptionCheck.AboveZero(options.NumberOfIterations, nameof(options.NumberOfIterations));
        OptionCheck.AboveZero((float)options.Lambda, nameof(options.Lambda));
        OptionCheck.AboveZero((float)options.LearningRate, nameof(options.LearningRate));
        OptionCheck.AboveZero((float)options.Alpha, nameof(options.Alpha));
        if (!double.IsFinite(options.C)) throw new ArgumentOutOfRangeException(nameof(options), options.C, "C is a finite number.");
        if (!Enum.IsDefined(options.LossFunction)) throw new ArgumentOutOfRangeException(nameof(options), options.LossFunction, "There is no such loss function.");
        (_environment, _options) = (environment, options.Snapshot());
    }

    /// <summary>Learns the factors of the rows and columns of a matrix.</summary>
    /// <exception cref="MLPipelinesException">There is no element to learn from, or one that is infinite.</exception>
    public MatrixFactorizationPredictionTransformer Fit(IDataView input) => Fit(input, validationData: null);

    /// <summary>Learns the factors of the rows and columns of a matrix.</summary>
    /// <param name="trainData">The elements to learn from.</param>
    /// <param name="validationData">Without effect on what is learned; its columns are checked. Kept so that code ports.</param>
    /// <exception cref="MLPipelinesException">There is no element to learn from, or one that is infinite.</exception>
    public MatrixFactorizationPredictionTransformer Fit(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        GetOutputSchema(SchemaShape.Create(trainData.Schema));
        if (validationData is not null) GetOutputSchema(SchemaShape.Create(validationData.Schema));
        MatrixElements matrix = MatrixElements.Read(Name, trainData, _options.LabelColumnName, _options.MatrixColumnIndexColumnName, _options.MatrixRowIndexColumnName);
        MatrixFactorizationModelParameters model = _options.LossFunction == LossFunctionType.SquareLossOneClass
            ? OneClassDescent.Learn(matrix, _options, Name, _environment) : FactorDescent.Learn(matrix, _options, Name, _environment);
        return new MatrixFactorizationPredictionTransformer(model, _options.MatrixColumnIndexColumnName, _options.MatrixRowIndexColumnName);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column label = inputSchema.Require(_options.LabelColumnName, Name);
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || label.IsKey || !(label.ItemType.Equals(NumberDataViewType.Single) || label.ItemType.Equals(NumberDataViewType.Double)))
            throw Wrong(label, "Single or Double. Conversion.ConvertType makes one out of other numbers");
        CheckKey(inputSchema.Require(_options.MatrixColumnIndexColumnName, Name));
        CheckKey(inputSchema.Require(_options.MatrixRowIndexColumnName, Name));
        return inputSchema.With(ScoreColumns.RegressionShape());
    }

    private static void CheckKey(SchemaShape.Column column)
    {
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || !column.IsKey || !column.ItemType.Equals(NumberDataViewType.UInt32))
            throw Wrong(column, "Key<UInt32>. Conversion.MapValueToKey makes one out of any column");
    }

    private static ArgumentOutOfRangeException Wrong(SchemaShape.Column column, string expected) =>
        new(nameof(column), $"{Name}: column '{column.Name}' is {column.GetTypeString()}, expected {expected}.");
}
