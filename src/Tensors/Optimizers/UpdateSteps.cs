namespace MLPipelines.Tensors.Optimizers;

/// <summary>The numbers of one step of <see cref="Sgd"/>.</summary>
internal readonly record struct SgdStep(float Rate, float Momentum, float WeightDecay, bool IsNesterov);

/// <summary>The numbers of one step of <see cref="Adam"/>; the corrections are 1 - βᵗ.</summary>
internal readonly record struct AdamStep(float Rate, float Beta1, float Beta2, float Epsilon, float WeightDecay, bool IsDecoupled, float Correction1, float Correction2);
