using MLPipelines.Data;

namespace MLPipelines;

/// <summary>A group of operations of an <see cref="MLContext"/>; extension methods add to it.</summary>
public abstract class CatalogBase
{
    private protected CatalogBase(TrainingEnvironment environment) => Environment = environment;

    /// <summary>Seed, progress and cancellation of the context.</summary>
    public TrainingEnvironment Environment { get; }
}

/// <summary>Loading, splitting and reading data: <c>mlContext.Data</c>.</summary>
public sealed partial class DataOperationsCatalog : CatalogBase
{
    internal DataOperationsCatalog(TrainingEnvironment environment) : base(environment) { }
}

/// <summary>Estimators that prepare data: <c>mlContext.Transforms</c>.</summary>
public sealed class TransformsCatalog : CatalogBase
{
    internal TransformsCatalog(TrainingEnvironment environment) : base(environment)
    {
        Text = new TextTransforms(environment);
        Conversion = new ConversionTransforms(environment);
        Categorical = new CategoricalTransforms(environment);
        FeatureSelection = new FeatureSelectionTransforms(environment);
    }

    /// <summary>Text to features.</summary>
    public TextTransforms Text { get; }

    /// <summary>Between types, and between values and keys.</summary>
    public ConversionTransforms Conversion { get; }

    /// <summary>Categories to features.</summary>
    public CategoricalTransforms Categorical { get; }

    /// <summary>Fewer features.</summary>
    public FeatureSelectionTransforms FeatureSelection { get; }

    /// <summary>Operations on text.</summary>
    public sealed class TextTransforms : CatalogBase
    {
        internal TextTransforms(TrainingEnvironment environment) : base(environment) { }
    }

    /// <summary>Conversions.</summary>
    public sealed class ConversionTransforms : CatalogBase
    {
        internal ConversionTransforms(TrainingEnvironment environment) : base(environment) { }
    }

    /// <summary>Operations on categories.</summary>
    public sealed class CategoricalTransforms : CatalogBase
    {
        internal CategoricalTransforms(TrainingEnvironment environment) : base(environment) { }
    }

    /// <summary>Choosing features.</summary>
    public sealed class FeatureSelectionTransforms : CatalogBase
    {
        internal FeatureSelectionTransforms(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>Saving, loading and applying models: <c>mlContext.Model</c>.</summary>
public sealed partial class ModelOperationsCatalog : CatalogBase
{
    internal ModelOperationsCatalog(TrainingEnvironment environment) : base(environment) { }
}

/// <summary>Trainers and metrics for one task.</summary>
public abstract partial class TrainCatalogBase : CatalogBase
{
    private protected TrainCatalogBase(TrainingEnvironment environment) : base(environment) { }

    /// <summary>The trainers of a task; extension methods add to it.</summary>
    public abstract class CatalogInstantiatorBase : CatalogBase
    {
        private protected CatalogInstantiatorBase(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>Two classes: <c>mlContext.BinaryClassification</c>.</summary>
public sealed partial class BinaryClassificationCatalog : TrainCatalogBase
{
    internal BinaryClassificationCatalog(TrainingEnvironment environment) : base(environment) =>
        (Trainers, Calibrators) = (new(environment), new(environment));

    public BinaryClassificationTrainers Trainers { get; }

    /// <summary>Scores to probabilities.</summary>
    public CalibratorsCatalog Calibrators { get; }

    /// <summary>Trainers for two classes.</summary>
    public sealed class BinaryClassificationTrainers : CatalogInstantiatorBase
    {
        internal BinaryClassificationTrainers(TrainingEnvironment environment) : base(environment) { }
    }

    /// <summary>Calibrators of models of two classes.</summary>
    public sealed partial class CalibratorsCatalog : CatalogInstantiatorBase
    {
        internal CalibratorsCatalog(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>Any number of classes: <c>mlContext.MulticlassClassification</c>.</summary>
public sealed partial class MulticlassClassificationCatalog : TrainCatalogBase
{
    internal MulticlassClassificationCatalog(TrainingEnvironment environment) : base(environment) =>
        (Trainers, Calibrators) = (new(environment), new(environment));

    public MulticlassClassificationTrainers Trainers { get; }

    /// <summary>Probabilities that are as certain as they are right.</summary>
    public CalibratorsCatalog Calibrators { get; }

    /// <summary>Trainers for any number of classes.</summary>
    public sealed class MulticlassClassificationTrainers : CatalogInstantiatorBase
    {
        internal MulticlassClassificationTrainers(TrainingEnvironment environment) : base(environment) { }
    }

    /// <summary>Calibrators of models of several classes.</summary>
    public sealed partial class CalibratorsCatalog : CatalogInstantiatorBase
    {
        internal CalibratorsCatalog(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>Numbers: <c>mlContext.Regression</c>.</summary>
public sealed partial class RegressionCatalog : TrainCatalogBase
{
    internal RegressionCatalog(TrainingEnvironment environment) : base(environment) => Trainers = new(environment);

    public RegressionTrainers Trainers { get; }

    /// <summary>Trainers for numbers.</summary>
    public sealed class RegressionTrainers : CatalogInstantiatorBase
    {
        internal RegressionTrainers(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>Rows of a group in order of relevance: <c>mlContext.Ranking</c>.</summary>
public sealed partial class RankingCatalog : TrainCatalogBase
{
    internal RankingCatalog(TrainingEnvironment environment) : base(environment) => Trainers = new(environment);

    public RankingTrainers Trainers { get; }

    /// <summary>Trainers for rankings.</summary>
    public sealed class RankingTrainers : CatalogInstantiatorBase
    {
        internal RankingTrainers(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>Rows that are alike: <c>mlContext.Clustering</c>.</summary>
public sealed partial class ClusteringCatalog : TrainCatalogBase
{
    internal ClusteringCatalog(TrainingEnvironment environment) : base(environment) => Trainers = new(environment);

    public ClusteringTrainers Trainers { get; }

    /// <summary>Trainers for clusters.</summary>
    public sealed class ClusteringTrainers : CatalogInstantiatorBase
    {
        internal ClusteringTrainers(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>What to recommend to whom: <c>mlContext.Recommendation()</c>.</summary>
public sealed partial class RecommendationCatalog : TrainCatalogBase
{
    internal RecommendationCatalog(TrainingEnvironment environment) : base(environment) => Trainers = new(environment);

    public RecommendationTrainers Trainers { get; }

    /// <summary>Trainers for recommendation.</summary>
    public sealed partial class RecommendationTrainers : CatalogInstantiatorBase
    {
        internal RecommendationTrainers(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>What comes next: <c>mlContext.Forecasting</c>.</summary>
public sealed partial class ForecastingCatalog : TrainCatalogBase
{
    internal ForecastingCatalog(TrainingEnvironment environment) : base(environment) => Trainers = new(environment);

    public Forecasters Trainers { get; }

    /// <summary>Trainers of forecasts.</summary>
    public sealed class Forecasters : CatalogInstantiatorBase
    {
        internal Forecasters(TrainingEnvironment environment) : base(environment) { }
    }
}

/// <summary>Rows that are unlike the others: <c>mlContext.AnomalyDetection</c>.</summary>
public sealed partial class AnomalyDetectionCatalog : TrainCatalogBase
{
    internal AnomalyDetectionCatalog(TrainingEnvironment environment) : base(environment) => Trainers = new(environment);

    public AnomalyDetectionTrainers Trainers { get; }

    /// <summary>Trainers for anomalies.</summary>
    public sealed class AnomalyDetectionTrainers : CatalogInstantiatorBase
    {
        internal AnomalyDetectionTrainers(TrainingEnvironment environment) : base(environment) { }
    }
}
