namespace MLPipelines.Scenarios.TextClassification;

/// <summary>A trained classifier and how it was chosen.</summary>
/// <param name="Model">Text columns in; <c>PredictedLabel</c> (the label's own type) and <c>Score</c> (a probability per label) out.</param>
/// <param name="Chosen">The candidate that the model was trained with, and what it reached on rows held out.</param>
/// <param name="Candidates">All candidates with what they reached on rows held out, the lowest log loss first.</param>
/// <param name="Profile">What the training texts look like.</param>
public sealed record TextClassificationResult(
    ITransformer Model, CandidateResult Chosen, IReadOnlyList<CandidateResult> Candidates, TextProfile Profile);

/// <summary>What a candidate reached.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Accuracy">The share of held-out rows that it got right; NaN when there were too few rows to hold any out.</param>
/// <param name="LogLoss">The mean of −ln p of the right label, after calibration, in nats.</param>
/// <param name="InverseTemperature">What its margins are multiplied by to be calibrated.</param>
public sealed record CandidateResult(TextClassificationCandidate Candidate, double Accuracy, double LogLoss, float InverseTemperature);
