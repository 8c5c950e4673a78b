using MLPipelines.Data;

namespace MLPipelines.Trainers.FastTree;

/// <summary>The base of estimators that turn a feature vector into what trees make of it.</summary>
/// <remarks>
/// <para>Columns, each of them a vector of <see cref="float"/>: the value of each tree; the leaf of each, as 0 and 1 per leaf; the nodes
/// of each that are passed, as 0 and 1 per node.</para>
/// <para>Source: He et al., "Practical Lessons from Predicting Clicks on Ads at Facebook" (2014).</para>
/// </remarks>
public abstract class TreeEnsembleFeaturizationEstimatorBase : IEstimator<TreeEnsembleFeaturizationTransformer>
{
    /// <summary>The columns.</summary>
    public abstract class OptionsBase
    {
        private protected OptionsBase() { }

        /// <summary>The column of feature vectors; it need not be that which the trees are learned from.</summary>
        public string? InputColumnName;

        /// <summary>The column of the values of the trees; <see langword="null"/> for none.</summary>
        public string? TreesColumnName;

        /// <summary>The column of leaves; <see langword="null"/> for none.</summary>
        public string? LeavesColumnName;

        /// <summary>The column of nodes that are passed; <see langword="null"/> for none.</summary>
        public string? PathsColumnName;
    }

    private readonly TreeFeatureColumns _columns;

    private protected TreeEnsembleFeaturizationEstimatorBase(string name, TrainingEnvironment environment, OptionsBase options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.InputColumnName, nameof(options));
        if (options.TreesColumnName is null && options.LeavesColumnName is null && options.PathsColumnName is null)
            throw new ArgumentException($"{name}: one of {nameof(options.TreesColumnName)}, {nameof(options.LeavesColumnName)} and {nameof(options.PathsColumnName)} is needed.", nameof(options));
        (Name, Environment) = (name, environment);
        _columns = new TreeFeatureColumns(options.InputColumnName, options.TreesColumnName, options.LeavesColumnName, options.PathsColumnName);
    }

    private protected string Name { get; }

    private protected TrainingEnvironment Environment { get; }

    public TreeEnsembleFeaturizationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new TreeEnsembleFeaturizationTransformer(LearnTrees(input), _columns);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column features = inputSchema.Require(_columns.Input, Name);
        if (features.Kind != SchemaShape.Column.VectorKind.Vector || features.IsKey || !features.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"{Name}: column '{_columns.Input}' is {features.GetTypeString()}, expected Vector<Single>. Concatenate makes one out of numeric columns.");
        CheckTraining(inputSchema);
        var names = new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        var normalized = new SchemaShape.Column(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false);
        List<SchemaShape.Column> columns = [];
        void Add(string? name, params SchemaShape.Column[] annotations)
        {
            if (name is not null) columns.Add(new(name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, new SchemaShape(annotations)));
        }
        Add(_columns.Trees, names);
        Add(_columns.Leaves, names, normalized);
        Add(_columns.Paths, names, normalized);
        return inputSchema.With(columns);
    }

    /// <summary>Checks what the trees are learned from.</summary>
    private protected virtual void CheckTraining(SchemaShape inputSchema) { }

    private protected abstract TreeEnsembleModelParameters LearnTrees(IDataView input);
}

/// <summary>Applies trees that have been learned already.</summary>
public sealed class PretrainedTreeFeaturizationEstimator : TreeEnsembleFeaturizationEstimatorBase
{
    /// <summary>Options of <see cref="PretrainedTreeFeaturizationEstimator"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>The trees, such as <c>transformer.Model</c>, or its <c>SubModel</c> where it is calibrated.</summary>
        public TreeEnsembleModelParameters? ModelParameters;
    }

    private readonly TreeEnsembleModelParameters _model;

    internal PretrainedTreeFeaturizationEstimator(TrainingEnvironment environment, Options options) : base("FeaturizeByPretrainTreeEnsemble", environment, options)
    {
        ArgumentNullException.ThrowIfNull(options.ModelParameters, nameof(options));
        _model = options.ModelParameters;
    }

    private protected override TreeEnsembleModelParameters LearnTrees(IDataView input) => _model;
}
