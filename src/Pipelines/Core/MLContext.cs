using MLPipelines.Data;
using MLPipelines.Runtime;

namespace MLPipelines;

/// <summary>
/// The start of everything: catalogs of data operations, transforms, trainers and models, and the seed that makes runs
/// repeatable.
/// </summary>
public sealed class MLContext
{
    /// <param name="seed">Fixes every random choice: the same seed gives the same model on the same machine. Without one, each run differs.</param>
    public MLContext(int? seed = null)
    {
        Environment = new TrainingEnvironment(seed);
        Data = new DataOperationsCatalog(Environment);
        Transforms = new TransformsCatalog(Environment);
        Model = new ModelOperationsCatalog(Environment);
        BinaryClassification = new BinaryClassificationCatalog(Environment);
        MulticlassClassification = new MulticlassClassificationCatalog(Environment);
        Regression = new RegressionCatalog(Environment);
        Ranking = new RankingCatalog(Environment);
        Clustering = new ClusteringCatalog(Environment);
        AnomalyDetection = new AnomalyDetectionCatalog(Environment);
        Forecasting = new ForecastingCatalog(Environment);
    }

    /// <summary>Loading, splitting and reading data.</summary>
    public DataOperationsCatalog Data { get; }

    /// <summary>Estimators that prepare data.</summary>
    public TransformsCatalog Transforms { get; }

    /// <summary>Saving, loading and applying models.</summary>
    public ModelOperationsCatalog Model { get; }

    /// <summary>Two classes.</summary>
    public BinaryClassificationCatalog BinaryClassification { get; }

    /// <summary>Any number of classes.</summary>
    public MulticlassClassificationCatalog MulticlassClassification { get; }

    /// <summary>Numbers.</summary>
    public RegressionCatalog Regression { get; }

    /// <summary>Rows of a group in order of relevance.</summary>
    public RankingCatalog Ranking { get; }

    /// <summary>Rows that are alike.</summary>
    public ClusteringCatalog Clustering { get; }

    /// <summary>Rows that are unlike the others.</summary>
    public AnomalyDetectionCatalog AnomalyDetection { get; }

    /// <summary>What comes next.</summary>
    public ForecastingCatalog Forecasting { get; }

    /// <summary>A user's own code that models hold by name.</summary>
    public ComponentCatalog ComponentCatalog { get; } = new();

    /// <summary>What training loops report. Called from the training thread.</summary>
    public IProgress<TrainingProgress>? Progress
    {
        get => Environment.Progress;
        set => Environment.Progress = value;
    }

    /// <summary>Ends every training loop of this context within a second of being cancelled.</summary>
    public CancellationToken CancellationToken
    {
        get => Environment.CancellationToken;
        set => Environment.CancellationToken = value;
    }

    /// <summary>The CUDA device for steps that can use one and are not told; <see langword="null"/> for the processor.</summary>
    public int? GpuDeviceId
    {
        get => Environment.GpuDeviceId;
        set => Environment.GpuDeviceId = value;
    }

    /// <summary>Whether the processor takes over where <see cref="GpuDeviceId"/> cannot be used.</summary>
    public bool FallbackToCpu
    {
        get => Environment.FallbackToCpu;
        set => Environment.FallbackToCpu = value;
    }

    /// <summary>Seed, progress and cancellation, as estimators see them.</summary>
    public TrainingEnvironment Environment { get; }
}
