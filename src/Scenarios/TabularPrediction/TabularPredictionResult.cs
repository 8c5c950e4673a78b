using MLPipelines.AutoML;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>A trained model and what it was made of.</summary>
/// <param name="Model">
/// The columns of <paramref name="Columns"/> in. For classes <c>PredictedLabel</c> (the label's own type) and <c>Score</c> (a
/// probability per label) out; for numbers <c>Score</c>.
/// </param>
/// <param name="Columns">The columns that it predicts from.</param>
/// <param name="Trainer">The name of the trainer.</param>
/// <param name="HeldOut">Rows held out with their predictions, where it was measured so; the model that made them did not learn from them.</param>
public sealed record TabularPredictionResult(ITransformer Model, TabularColumns Columns, string Trainer, IDataView? HeldOut)
{
    /// <summary>The trainers that were tried, the best first; empty where one was named.</summary>
    public IReadOnlyList<TrainerTrial> Trials { get; init; } = [];
}
