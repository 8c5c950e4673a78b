using System.Runtime.CompilerServices;
using MLPipelines.Persistence;
using MLPipelines.Transforms.Onnx;

namespace MLPipelines;

/// <summary>
/// The kinds of steps that this assembly reads. They are registered as soon as the assembly is loaded, and a model file that needs them loads it, so that
/// nobody has to call this.
/// </summary>
public static class OnnxModels
{
    /// <summary>Makes the kinds of steps known; more than once does no harm.</summary>
#pragma warning disable CA2255 // The registration of an assembly's kinds of steps is what a module initializer is for: it does nothing else.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Register() => ModelStepTable.Register(Scoring);

    private static readonly ModelStepKind Scoring = new(OnnxTransformer.StepName, 1, OnnxTransformer.Load);
}
