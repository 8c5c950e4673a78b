namespace MLPipelines.AutoML;

/// <summary>Runs trials: builds what a tuner proposes, learns, and evaluates.</summary>
public interface ITrialRunner : IDisposable
{
    /// <summary>Runs one trial. A trial that cannot be run throws, or returns a result with its exception.</summary>
    Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct);

    /// <summary>Runs one trial and waits for it.</summary>
    TrialResult Run(TrialSettings settings) => RunAsync(settings, CancellationToken.None).GetAwaiter().GetResult();
}
