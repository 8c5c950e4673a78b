namespace MLPipelines.AutoML;

/// <summary>A source of random numbers per trial, so that what one trial draws does not depend on which others ran before.</summary>
internal sealed class TrialRandom(int? seed)
{
    private readonly int _seed = seed ?? Random.Shared.Next();
    private int _next;

    /// <summary>The trial's number, or how many trials were proposed where numbers are not given.</summary>
    public int Number(TrialSettings settings)
    {
        int number = Math.Max(_next, settings.TrialId);
        _next = number + 1;
        return number;
    }

    public Random For(TrialSettings settings) => new((int)(((uint)_seed * 2654435769u) ^ ((uint)Number(settings) * 2246822519u + 374761393u)) & int.MaxValue);
}
