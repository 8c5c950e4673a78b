using MLPipelines.Data;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Transformers;

/// <summary>A decoder and the tokenizer whose tokens it knows; for predictions. It does not change and serves all threads.</summary>
internal sealed class LanguageModel
{
    private const string ConfigFile = "config.json", WeightsFile = "model.safetensors";

    /// <param name="decoder">The network; it is set to predict.</param>
    /// <param name="tokenizer">Has no more tokens than the network.</param>
    internal LanguageModel(TextDecoder decoder, Tokenizer tokenizer)
    {
        (Decoder, Tokenizer) = (decoder, tokenizer);
        decoder.Train(isTraining: false);
        decoder.Freeze();
    }

    internal TextDecoder Decoder { get; }

    internal Tokenizer Tokenizer { get; }

    internal DecoderDescription Description => Decoder.Description;

    /// <summary>The token that ends a text; <see langword="null"/> where there is none.</summary>
    internal int? EndToken => Description.EndToken ?? Tokenizer.SpecialTokens.End;

    /// <summary>Whether a folder holds a decoder as Hugging Face saves it.</summary>
    internal static bool IsFolder(string path) => File.Exists(Path.Combine(path, ConfigFile));

    /// <summary>Reads the folder of a decoder as Hugging Face saves it: <c>config.json</c>, <c>model.safetensors</c> and the files of its tokenizer.</summary>
    /// <exception cref="MLPipelinesException">A file is missing, damaged, or does not fit the others.</exception>
    internal static LanguageModel Open(string folder)
    {
        foreach (string file in (string[])[ConfigFile, WeightsFile])
            if (!File.Exists(Path.Combine(folder, file))) throw new MLPipelinesException($"The folder {folder} has no {file}. A GPT-2 model as Hugging Face saves it is a folder of {ConfigFile}, {WeightsFile}, and vocab.json with merges.txt, or tokenizer.json.");
        string config = Path.Combine(folder, ConfigFile);
        var description = DecoderDescription.FromJson(File.ReadAllText(config), config);
        Tokenizer tokenizer = Tokenizer.FromFolder(folder);
        if (tokenizer.VocabularySize > description.VocabularySize)
            throw new MLPipelinesException($"{folder}: the tokenizer has {tokenizer.VocabularySize} tokens and the network {description.VocabularySize}; they do not belong together.");
        TextDecoder decoder = description.Create(new RandomSource(0));
        DecoderWeights.Load(decoder, Path.Combine(folder, WeightsFile));
        return new LanguageModel(decoder, tokenizer);
    }

    /// <summary>Writes such a folder.</summary>
    internal void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        Tokenizer.Save(folder);
        DecoderWeights.Save(Decoder, Path.Combine(folder, WeightsFile));
        File.WriteAllText(Path.Combine(folder, ConfigFile), Description.ToJson() + "\n");
    }

    internal void Save(ModelStepWriter writer)
    {
        Description.Save(writer);
        writer.Set("parameters", Decoder.ParameterCount);
        Tokenizer.Save(writer.Section("tokenizer"));
        ModelStepWriter weights = writer.Section("weights");
        foreach (NamedTensor weight in Decoder.Parameters) weights.WriteArray<float>(weight.Name, weight.Tensor.ToArray(), weight.Tensor.Shape.AsSpan());
    }

    internal static LanguageModel Load(ModelStepReader reader)
    {
        var description = DecoderDescription.Load(reader);
        Tokenizer tokenizer = Tokenizer.Load(reader.Section("tokenizer"));
        if (tokenizer.VocabularySize > description.VocabularySize) throw reader.Invalid($"its tokenizer has {tokenizer.VocabularySize} tokens, the network {description.VocabularySize}");
        TextDecoder decoder = description.Create(new RandomSource(0));
        ModelStepReader weights = reader.Section("weights");
        foreach (NamedTensor weight in decoder.Parameters) weight.Tensor.CopyFrom(weights.ReadArray<float>(weight.Name, weight.Tensor.Shape.AsSpan()));
        return new LanguageModel(decoder, tokenizer);
    }
}
