namespace MLPipelines.Server;

/// <summary>
/// Is told of what a server does: what metrics, traces and drift are made of. Register implementations as services; methods that are not needed need not be written. They
/// are called on the threads that serve, after the answer is on its way, from many at once: they take a few hundred nanoseconds at most, and do not throw.
/// </summary>
public interface IServingObserver
{
    /// <summary>A request for a prediction was answered, well or not.</summary>
    void RequestEnded(in ServedRequest request) { }

    /// <summary>Rows were scored and answered with. The columns are those of the request, valid during the call only.</summary>
    /// <param name="rows">The inputs, and the outputs that the model gave.</param>
    void RowsScored(ScoringRows rows) { }

    /// <summary>The model computed something: one request, or several that waited and went together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="requests">How many requests.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="time">How long it took.</param>
    void BatchScored(ServedModel model, int requests, int rows, TimeSpan time) { }

    /// <summary>A model was loaded, replaced, refused or taken away.</summary>
    void ModelChanged(ModelChange change) { }

    /// <summary>Rows that were answered by one version were also scored by its shadow.</summary>
    /// <param name="model">The version that answered.</param>
    /// <param name="shadow">The version that was compared with it.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="disagreements">For how many of them the two say different things.</param>
    void ShadowCompared(ServedModel model, ServedModel shadow, int rows, int disagreements) { }
}

/// <summary>A request that was answered.</summary>
/// <param name="Model">The model; <see langword="null"/> where there was none of that name.</param>
/// <param name="Protocol">How it was asked: <c>json</c>, <c>csv</c>, <c>v2</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Rows">How many rows it had.</param>
/// <param name="Time">From its first byte to the end of its answer.</param>
public readonly record struct ServedRequest(ServedModel? Model, string Protocol, int Status, int Rows, TimeSpan Time);

/// <summary>What happened to a model.</summary>
/// <param name="Kind">What.</param>
/// <param name="Name">The name.</param>
/// <param name="Version">The version.</param>
/// <param name="File">The file.</param>
/// <param name="Model">The model that is served now; <see langword="null"/> where there is none.</param>
/// <param name="Previous">The one that was served before.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record ModelChange(ModelChangeKind Kind, string Name, int Version, string File, ServedModel? Model, ServedModel? Previous, string? Problem);

/// <summary>The ways in which models change.</summary>
public enum ModelChangeKind
{
    /// <summary>It was not there before.</summary>
    Loaded,

    /// <summary>Its file was replaced, and the new one took its place.</summary>
    Swapped,

    /// <summary>Its file cannot be served; what was served before stays.</summary>
    Refused,

    /// <summary>Its file is gone.</summary>
    Removed,
}
