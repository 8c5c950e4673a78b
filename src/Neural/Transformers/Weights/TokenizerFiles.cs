using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Stands in for what <see cref="Tokenizer"/> is about to have.</summary>
internal static class TokenizerFiles
{
    internal static Tokenizer FromFolder(string folder) => throw new NotSupportedException(folder);

    internal static Tokenizer Load(ModelStepReader reader) => throw new NotSupportedException(reader.ToString());

    internal static void Save(this Tokenizer tokenizer, string folder) => throw new NotSupportedException($"{tokenizer} {folder}");

    internal static void Save(this Tokenizer tokenizer, ModelStepWriter writer) => throw new NotSupportedException($"{tokenizer} {writer}");
}
