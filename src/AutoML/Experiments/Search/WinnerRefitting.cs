using System.Diagnostics;

namespace MLPipelines.AutoML;

/// <summary>Has the chain of the best trial learn from all rows, where the trial did not and there is the time.</summary>
internal sealed class WinnerRefitting(ExperimentServices services)
{
    private readonly SweepablePipeline? _pipeline = services.Get<SweepablePipeline>();
    private readonly IDatasetManager? _data = services.Get<IDatasetManager>();

    /// <summary>How long learning will take, from how long the trial took.</summary>
    internal TimeSpan Reserve(TrialResult best)
    {
        if (!IsWanted(best)) return TimeSpan.Zero;
        // A fold of k lacks one part in k of the rows, and k of them were learned from.
        double folds = _data is ICrossValidateDatasetManager { Fold: var k } ? (k - 1.0) * (TrialSample.IsOneFold(best.TrialSettings) ? 1.0 / k : 1) : 0.8;
        return TimeSpan.FromMilliseconds(1.2 * best.DurationInMilliseconds / (folds * TrialSample.ShareOf(best.TrialSettings)));
    }

    /// <summary>Gives the result the model of all rows. It stays as it is when the time is up or the user cancels.</summary>
    internal void Refit(TrialResult best, TimeSpan? remaining, CancellationToken user)
    {
        if (!IsWanted(best) || user.IsCancellationRequested || remaining <= TimeSpan.Zero) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(user);
        if (remaining is { TotalDays: < 24 } time) stop.CancelAfter(time);
        MLContext context = services.Get<MLContext>()!;
        context.CancellationToken = stop.Token;
        try
        {
            best.Model = _pipeline!.BuildFromOption(context, TrialDescription.PipelineOptions(_pipeline, best.TrialSettings)!).Fit(((ITrainingRows)_data!).RowsToRefit!);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Debug.Assert(best.Model is not null, "A trial that has a metric has a model.");
        }
    }

    /// <summary>Only trials of the experiment's own runner are of this pipeline for sure.</summary>
    private bool IsWanted(TrialResult best) => best is PipelineTrialResult && (_data as ITrainingRows)?.RowsToRefit is not null
        && TrialDescription.PipelineOptions(_pipeline, best.TrialSettings) is not null;
}
