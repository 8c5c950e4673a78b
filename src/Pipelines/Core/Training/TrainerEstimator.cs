using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// The base of trainers that learn from one feature column and a label: checks the columns, reads them into memory, has the
/// model learned, and wraps it into a transformer. Training sets are held in memory.
/// </summary>
public abstract class TrainerEstimator<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class, IScoringModel
{
    private protected TrainerEstimator(TrainingEnvironment environment, string name, string labelColumn, string featureColumn, string? weightColumn)
    {
        (Environment, Name) = (environment, name);
        (LabelColumnName, FeatureColumnName, WeightColumnName) = (labelColumn, featureColumn, weightColumn);
    }

    /// <summary>The name of the trainer in messages and progress reports.</summary>
    public string Name { get; }

    public string LabelColumnName { get; }

    /// <summary>The column of the feature vectors; empty for a trainer that does without.</summary>
    public string FeatureColumnName { get; }

    public string? WeightColumnName { get; }

    private protected TrainingEnvironment Environment { get; }

    /// <summary>Learns a model from the rows of a view.</summary>
    /// <exception cref="MLPipelinesException">The data cannot be learned from; the message says which row and column.</exception>
    public TTransformer Fit(IDataView input) => Fit(input, Train);

    /// <summary>Learns a model in another way than <see cref="Train"/>, such as from a model to start with.</summary>
    private protected TTransformer Fit(IDataView input, Func<TrainingSet, TrainingEnvironment, TModel> train)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        DataViewSchema.Column label = input.Schema[LabelColumnName];
        CheckLabel(label);
        TrainingSet examples = Read(input);
        CheckClasses(examples);
        return CreateTransformer(train(examples, Environment), label);
    }

    /// <summary>Learns a model with other rows to measure it by.</summary>
    private protected TTransformer Fit(IDataView trainData, IDataView validationData, Func<TrainingSet, TrainingSet, TrainingEnvironment, TModel> train)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        GetOutputSchema(SchemaShape.Create(validationData.Schema));
        return Fit(trainData, (examples, environment) =>
        {
            TrainingSet validation = Read(validationData);
            if (validation.Features.ColumnCount != examples.Features.ColumnCount || validation.ClassCount != examples.ClassCount)
                throw new ArgumentOutOfRangeException(nameof(validationData),
                    $"{Name}: the validation set has {validation.Features.ColumnCount} features and {validation.ClassCount} classes, expected {examples.Features.ColumnCount} and {examples.ClassCount} as in column '{FeatureColumnName}' and '{LabelColumnName}' of the training set.");
            return train(examples, validation, environment);
        });
    }

    /// <summary>Reads the examples into memory.</summary>
    private protected virtual TrainingSet Read(IDataView input) =>
        new TrainingSetReader(Name, FeatureColumnName, LabelColumnName, WeightColumnName, GroupColumn, AcceptsMissingValues).Read(input);

    /// <summary>Whether a feature may be missing, NaN.</summary>
    private protected virtual bool AcceptsMissingValues => false;

    /// <summary>The same, for a trainer that is made of this one.</summary>
    internal bool TakesMissingValues => AcceptsMissingValues;

    /// <summary>The column whose values the rows of one group share; <see langword="null"/> for a trainer that knows no groups.</summary>
    private protected virtual string? GroupColumn => null;

    /// <summary>Learns from examples that are in memory already, as a trainer that is made of other trainers has them.</summary>
    internal TModel TrainOn(TrainingSet examples, TrainingEnvironment environment)
    {
        CheckClasses(examples);
        return Train(examples, environment);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        if (FeatureColumnName.Length > 0) CheckFeatures(inputSchema.Require(FeatureColumnName, Name));
        if (WeightColumnName is not null) inputSchema.Require(WeightColumnName, Name);
        if (GroupColumn is not null) inputSchema.Require(GroupColumn, Name);
        SchemaShape.Column label = inputSchema.Require(LabelColumnName, Name);
        if (!AcceptsLabel(label))
            throw new ArgumentOutOfRangeException(nameof(inputSchema),
                $"{Name}: label column '{LabelColumnName}' is {label.GetTypeString()}, expected {ExpectedLabel}.");
        return inputSchema.With(OutputColumns(label));
    }

    private void CheckFeatures(SchemaShape.Column features)
    {
        if (features.Kind != SchemaShape.Column.VectorKind.Vector || features.IsKey || !features.ItemType.Equals(NumberDataViewType.Single))
            throw new ArgumentOutOfRangeException(nameof(features),
                $"{Name}: column '{FeatureColumnName}' is {features.GetTypeString()}, expected Vector<Single>. Concatenate makes one out of numeric columns.");
    }

    /// <summary>Learns the numbers of the model. Called with at least one row; labels are as in <see cref="TrainingSet.Labels"/>.</summary>
    private protected abstract TModel Train(TrainingSet examples, TrainingEnvironment environment);

    private protected abstract TTransformer CreateTransformer(TModel model, DataViewSchema.Column label);

    private protected abstract bool AcceptsLabel(SchemaShape.Column label);

    /// <summary>The label type in words, for messages.</summary>
    private protected abstract string ExpectedLabel { get; }

    private protected abstract IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label);

    private protected virtual void CheckLabel(DataViewSchema.Column label) { }

    private protected virtual void CheckClasses(TrainingSet examples)
    {
        if (examples.ClassCount == 0) return;
        float first = examples.Labels[0];
        if (!Array.Exists(examples.Labels, label => label != first)) throw new MLPipelinesException(
            $"{Name}: every row of column '{LabelColumnName}' has the same label, expected at least two different ones.");
    }
}

/// <summary>The base of trainers for two classes: the label is a truth value.</summary>
public abstract class BinaryTrainer<TModel> : TrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> where TModel : class, IScoringModel
{
    private protected BinaryTrainer(TrainingEnvironment environment, string name, string labelColumn, string featureColumn, string? weightColumn)
        : base(environment, name, labelColumn, featureColumn, weightColumn) { }

    /// <summary>Whether the model gives probabilities besides scores.</summary>
    private protected virtual bool IsCalibrated => true;

    private protected override string ExpectedLabel => "Boolean";

    private protected override bool AcceptsLabel(SchemaShape.Column label) =>
        label.Kind == SchemaShape.Column.VectorKind.Scalar && !label.IsKey && label.ItemType is BooleanDataViewType;

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) => ScoreColumns.BinaryShape(IsCalibrated);

    private protected override BinaryPredictionTransformer<TModel> CreateTransformer(TModel model, DataViewSchema.Column label) => new(model, FeatureColumnName);
}

/// <summary>The base of trainers for any number of classes: the label is a key.</summary>
public abstract class MulticlassTrainer<TModel> : TrainerEstimator<MulticlassPredictionTransformer<TModel>, TModel> where TModel : class, IScoringModel
{
    private protected MulticlassTrainer(TrainingEnvironment environment, string name, string labelColumn, string featureColumn, string? weightColumn)
        : base(environment, name, labelColumn, featureColumn, weightColumn) { }

    private protected override string ExpectedLabel => "Key<UInt32>. Conversion.MapValueToKey makes one out of any column";

    private protected override bool AcceptsLabel(SchemaShape.Column label) => label.Kind == SchemaShape.Column.VectorKind.Scalar && label.IsKey;

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) => ScoreColumns.MulticlassShape(label);

    private protected override MulticlassPredictionTransformer<TModel> CreateTransformer(TModel model, DataViewSchema.Column label) =>
        new(model, FeatureColumnName, (KeyDataViewType)label.Type, KeyValues.Of(label));
}

/// <summary>The base of trainers for numbers: the label is a number.</summary>
public abstract class RegressionTrainer<TModel> : TrainerEstimator<RegressionPredictionTransformer<TModel>, TModel> where TModel : class, IScoringModel
{
    private protected RegressionTrainer(TrainingEnvironment environment, string name, string labelColumn, string featureColumn, string? weightColumn)
        : base(environment, name, labelColumn, featureColumn, weightColumn) { }

    private protected override string ExpectedLabel => "Single. Conversion.ConvertType makes one out of other numbers";

    private protected override bool AcceptsLabel(SchemaShape.Column label) =>
        label.Kind == SchemaShape.Column.VectorKind.Scalar && !label.IsKey && label.ItemType.Equals(NumberDataViewType.Single);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) => ScoreColumns.RegressionShape();

    private protected override RegressionPredictionTransformer<TModel> CreateTransformer(TModel model, DataViewSchema.Column label) => new(model, FeatureColumnName);
}
