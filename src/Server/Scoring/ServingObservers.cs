namespace MLPipelines.Server;

/// <summary>All that want to be told.</summary>
public sealed class ServingObservers(IEnumerable<IServingObserver> observers)
{
    private readonly IServingObserver[] _all = [.. observers];

    /// <inheritdoc cref="IServingObserver.RequestEnded"/>
    public void RequestEnded(in ServedRequest request)
    {
        foreach (IServingObserver observer in _all) observer.RequestEnded(in request);
    }

    /// <inheritdoc cref="IServingObserver.RowsScored"/>
    public void RowsScored(ScoringRows rows)
    {
        foreach (IServingObserver observer in _all) observer.RowsScored(rows);
    }

    internal void BatchScored(ServedModel model, int requests, int rows, TimeSpan time)
    {
        foreach (IServingObserver observer in _all) observer.BatchScored(model, requests, rows, time);
    }

    internal void ModelChanged(ModelChange change)
    {
        foreach (IServingObserver observer in _all) observer.ModelChanged(change);
    }

    internal void ShadowCompared(ServedModel model, ServedModel shadow, int rows, int disagreements)
    {
        foreach (IServingObserver observer in _all) observer.ShadowCompared(model, shadow, rows, disagreements);
    }
}
