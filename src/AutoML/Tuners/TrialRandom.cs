namespace MLPipelines.AutoML;

/// <summary>A source of random numbers per trial, so that what one trial draws does not depend on which ran before.</summary>
internal readonly struct TrialRandom(int? seed)
{
    private readonly int _seed = seed ?? Random.Shared.Next();

    public Random For(int trialId) => new((int)(((uint)_seed * 2654435769u) ^ ((uint)trialId * 2246822519u + 374761393u)) & int.MaxValue);
}
