namespace MLPipelines;

/// <summary>What is wanted of a forecast at the time of predicting; <see langword="null"/> for what the model was made with.</summary>
internal readonly record struct ForecastRequest(int? Horizon, float? ConfidenceLevel);
