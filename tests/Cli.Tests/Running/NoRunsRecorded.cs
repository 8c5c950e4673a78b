using System.Runtime.CompilerServices;

namespace MLPipelines.Cli.Tests;

/// <summary>What tests train is no run of the user's, nor of the processes that tests start; tests of the run store name one of their own.</summary>
internal static class NoRunsRecorded
{
#pragma warning disable CA2255 // A test assembly is nobody's library.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Say() => Environment.SetEnvironmentVariable("MLPIPELINES_RUNS", "none");
}
