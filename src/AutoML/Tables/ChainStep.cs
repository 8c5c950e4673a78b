namespace MLPipelines.AutoML;

/// <summary>An estimator of a chain together with the C# expression that makes it.</summary>
/// <param name="Create">Makes the estimator.</param>
/// <param name="Code">The expression, in which the context is <c>mlContext</c>; <see langword="null"/> where only a factory of a user's own knows.</param>
internal sealed record ChainStep(Func<MLContext, IEstimator<ITransformer>> Create, string? Code);
