namespace MLPipelines.AutoML;

public sealed partial class AutoCatalog
{
    /// <summary>An experiment with two classes that may take so many seconds.</summary>
    public BinaryClassificationExperiment CreateBinaryClassificationExperiment(uint maxExperimentTimeInSeconds) =>
        CreateBinaryClassificationExperiment(new BinaryExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>An experiment with two classes.</summary>
    public BinaryClassificationExperiment CreateBinaryClassificationExperiment(BinaryExperimentSettings experimentSettings) => new(Context, Checked(experimentSettings));

    /// <summary>An experiment with several classes that may take so many seconds.</summary>
    public MulticlassClassificationExperiment CreateMulticlassClassificationExperiment(uint maxExperimentTimeInSeconds) =>
        CreateMulticlassClassificationExperiment(new MulticlassExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>An experiment with several classes.</summary>
    public MulticlassClassificationExperiment CreateMulticlassClassificationExperiment(MulticlassExperimentSettings experimentSettings) => new(Context, Checked(experimentSettings));

    /// <summary>An experiment that predicts numbers and may take so many seconds.</summary>
    public RegressionExperiment CreateRegressionExperiment(uint maxExperimentTimeInSeconds) =>
        CreateRegressionExperiment(new RegressionExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>An experiment that predicts numbers.</summary>
    public RegressionExperiment CreateRegressionExperiment(RegressionExperimentSettings experimentSettings) => new(Context, Checked(experimentSettings));

    /// <summary>An experiment that ranks and may take so many seconds.</summary>
    public RankingExperiment CreateRankingExperiment(uint maxExperimentTimeInSeconds) =>
        CreateRankingExperiment(new RankingExperimentSettings { MaxExperimentTimeInSeconds = maxExperimentTimeInSeconds });

    /// <summary>An experiment that ranks.</summary>
    public RankingExperiment CreateRankingExperiment(RankingExperimentSettings experimentSettings) => new(Context, Checked(experimentSettings));

    private static TSettings Checked<TSettings>(TSettings settings) where TSettings : ExperimentSettings
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfZero(settings.MaxExperimentTimeInSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxModels, 1);
        return settings;
    }
}
