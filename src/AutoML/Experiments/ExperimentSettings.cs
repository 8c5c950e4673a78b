namespace MLPipelines.AutoML;

/// <summary>What all experiments may be limited by.</summary>
public abstract class ExperimentSettings
{
    internal const uint DefaultTimeInSeconds = 24 * 60 * 60;

    /// <summary>How long the experiment may take, the learning of the best model from all rows included. Default one day.</summary>
    public uint MaxExperimentTimeInSeconds { get; set; } = DefaultTimeInSeconds;

    /// <summary>Ends the experiment; the best model by then is its result.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>There for programs written for ML.NET; models are held in memory.</summary>
    public string CacheDirectoryName { get; set; } = "MLPipelines.AutoML";

    /// <summary>Whether what the featurizing makes is held in memory while trainers learn.</summary>
    public CacheBeforeTrainer CacheBeforeTrainer { get; set; } = CacheBeforeTrainer.Auto;

    /// <summary>A trial is ended when the process has more memory, in MB; <see langword="null"/> for no limit.</summary>
    public double? MaximumMemoryUsageInMegaByte { get; set; }

    /// <summary>How many trials there are at most. A field, as in ML.NET.</summary>
    public int MaxModels = int.MaxValue;
}

/// <summary>Whether data is held in memory before a trainer.</summary>
public enum CacheBeforeTrainer
{
    /// <summary>As is better for the trainer.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}
