using System.Runtime.CompilerServices;
using MLPipelines.Persistence;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.TorchSharp.Roberta;
using MLPipelines.Vision;

namespace MLPipelines;

/// <summary>
/// The kinds of models that this assembly reads. They are registered as soon as the assembly is loaded, and a model file that needs them loads it, so that
/// nobody has to call this.
/// </summary>
public static class NeuralModels
{
    /// <summary>Makes the kinds of models known; more than once does no harm.</summary>
#pragma warning disable CA2255 // The registration of an assembly's kinds of models is what a module initializer is for: it does nothing else.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Register()
    {
        ScoringModelTable.Register(ImageClassificationModelParameters.Kind, ImageClassificationModelParameters.Load);
        foreach (ModelStepKind step in Steps) ModelStepTable.Register(step);
    }

    private static readonly ModelStepKind[] Steps =
    [
        new(TextClassificationTransformer.StepName, 1, TextClassificationTransformer.Load),
        new(SentenceSimilarityTransformer.StepName, 1, SentenceSimilarityTransformer.Load),
        new(NerTransformer.StepName, 1, NerTransformer.Load),
        new(QATransformer.StepName, 1, QATransformer.Load),
    ];
}
