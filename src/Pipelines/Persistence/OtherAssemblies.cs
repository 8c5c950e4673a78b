using System.Runtime.CompilerServices;

namespace MLPipelines.Persistence;

/// <summary>
/// Kinds of models and steps that assemblies built upon this one read. A program that only loads a model file names none of their types, so that the runtime
/// would never load such an assembly by itself: it is loaded here when a file needs it, and registers its kinds by its module initializer. The
/// names are constants of this table, never of a file; being constants they are also kept by trimming and ahead-of-time compilation.
/// </summary>
internal static class OtherAssemblies
{
    /// <summary>The assembly that reads a kind of model or step; <see langword="null"/> when none is known to.</summary>
    internal static string? NameOf(string typeId) => typeId switch
    {
        "image-classification" or "text-classification-network" or "sentence-similarity-network" or "named-entity-network" or "question-answer-network" => Neural,
        "text-generation" => Scenarios,
        "onnx-scoring" => Onnx,
        _ => null,
    };

    /// <summary>Loads the assembly; false when the program does not have it.</summary>
    internal static bool Load(string typeId)
    {
        Type? type = NameOf(typeId) switch
        {
            Neural => Type.GetType("MLPipelines.NeuralModels, MLPipelines.Neural"),
            Scenarios => Type.GetType("MLPipelines.ScenarioModels, MLPipelines.Scenarios"),
            Onnx => Type.GetType("MLPipelines.OnnxModels, MLPipelines.Onnx"),
            _ => null,
        };
        if (type is null) return false;
        RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
        return true;
    }

    private const string Neural = "MLPipelines.Neural", Scenarios = "MLPipelines.Scenarios", Onnx = "MLPipelines.Onnx";
}
