namespace MLPipelines.Pretraining;

/// <summary>How far the files of a model have come.</summary>
/// <param name="File">What is being taken.</param>
/// <param name="Bytes">How much of it is there.</param>
/// <param name="Total">How much there will be; <see langword="null"/> where the server does not say.</param>
public readonly record struct CacheProgress(string File, long Bytes, long? Total);
