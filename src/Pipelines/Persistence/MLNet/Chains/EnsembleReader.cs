namespace MLPipelines.Persistence.MLNet;

/// <summary>An ensemble of whole models, each a file of its own.</summary>
internal static class EnsembleReader
{
    internal static bool Reads(Component component) => component.Header.Loader == "PipelineEnsemble";

    internal static void Add(Component component, Payload payload, ChainBuilder chain) => throw ComponentTables.Unknown(component, "ensemble");
}
