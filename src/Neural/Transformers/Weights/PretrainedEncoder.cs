using MLPipelines.Data;
using MLPipelines.Persistence;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Transformers;

/// <summary>An encoder that has learned: what it is made by, its tokenizer and its numbers. On disk it is a folder as Hugging Face has it: <c>config.json</c>, <c>model.safetensors</c> and the tokenizer's files.</summary>
/// <param name="description">What it is made by.</param>
/// <param name="tokenizer">What its tokens are.</param>
/// <param name="weights">Its numbers by name, and those of heads that came with it.</param>
/// <param name="source">What messages call it.</param>
internal sealed class PretrainedEncoder(EncoderDescription description, Tokenizer tokenizer, StateDictionary weights, string source = "the encoder")
{
    internal const string ConfigFile = "config.json", WeightsFile = "model.safetensors";

    internal EncoderDescription Description { get; } = description;

    internal Tokenizer Tokenizer { get; } = tokenizer;

    /// <summary>They are not copies. Names are without the prefixes <c>bert.</c> and <c>roberta.</c>.</summary>
    internal StateDictionary Weights { get; } = weights;

    /// <summary>Reads an encoder.</summary>
    /// <param name="path">A folder; a <c>.safetensors</c> or <c>.tsm</c> file beside its tokenizer's files; or a model file of ours (<c>.zip</c>) that stands on an encoder.</param>
    /// <exception cref="MLPipelinesException">Something is missing, damaged or does not fit; the message says what, and where it was looked for.</exception>
    internal static PretrainedEncoder Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full)) return OpenFolder(full, WeightsIn(full));
        if (!File.Exists(full)) throw new FileNotFoundException($"There is no folder or file '{path}' to read an encoder from.", path);
        return Path.GetExtension(full).ToUpperInvariant() switch
        {
            ".ZIP" => OpenModel(full),
            ".SAFETENSORS" or ".TSM" => OpenFolder(Path.GetDirectoryName(full)!, full),
            _ => throw new MLPipelinesException($"'{path}' is not a folder, .safetensors, .tsm or .zip; encoders are read from those."),
        };
    }

    /// <summary>The encoder with these numbers.</summary>
    /// <param name="random">What dropout leaves out.</param>
    /// <param name="changed">The description with other rates of dropout; without it, the encoder's own.</param>
    internal TextEncoder Create(RandomSource random, EncoderDescription? changed = null)
    {
        TextEncoder encoder = (changed ?? Description).Create(random);
        EncoderWeights.Load(Weights, encoder, source);
        return encoder;
    }

    /// <summary>Gives a head the numbers that came with the encoder, if they are all there and of its shapes.</summary>
    internal bool TryLoad(Module head) => EncoderWeights.TryLoad(Weights, head);

    /// <summary>Writes a folder that <see cref="Open"/> reads, and Hugging Face's readers where the family is one of theirs.</summary>
    internal void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        Tokenizer.Save(folder);
        Weights.Save(Path.Combine(folder, WeightsFile));
        File.WriteAllText(Path.Combine(folder, ConfigFile), Description.ToJson());
    }

    /// <summary>Writes description, tokenizer and the encoder's own numbers into a model file.</summary>
    internal void Save(ModelStepWriter writer)
    {
        Description.Save(writer);
        Tokenizer.Save(writer.Section("tokens"));
        foreach (var (name, tensor) in Weights)
            if (!EncoderWeights.IsOfHead(name)) writer.WriteArray<float>(name, tensor.To(ElementType.Float32).ToArray(), tensor.Shape.AsSpan());
    }

    internal static PretrainedEncoder Load(ModelStepReader reader)
    {
        var description = EncoderDescription.Load(reader);
        var tokenizer = Tokenizer.Load(reader.Section("tokens"));
        StateDictionary state = description.Create(new RandomSource(0)).State();
        foreach (var (name, tensor) in state) tensor.CopyFrom(reader.ReadArray<float>(name, tensor.Shape.AsSpan()));
        return new PretrainedEncoder(description, tokenizer, state);
    }

    private static PretrainedEncoder OpenFolder(string folder, string weightsFile)
    {
        StateDictionary weights = EncoderWeights.Read(weightsFile);
        string config = Path.Combine(folder, ConfigFile);
        EncoderDescription description = File.Exists(config) ? EncoderDescription.FromJson(File.ReadAllText(config), config)
            : KnownArchitectures.Of(weights) ?? throw new MLPipelinesException($"{weightsFile}: there is no {ConfigFile} beside it, and its names and shapes are not those of an encoder that ML.NET has. Put the {ConfigFile} of the model beside it.");
        var tokenizer = Tokenizer.FromFolder(folder);
        if (tokenizer.VocabularySize > description.VocabularySize)
            throw new MLPipelinesException($"{folder}: the tokenizer has {tokenizer.VocabularySize} tokens, the encoder only {description.VocabularySize}. They do not belong together.");
        return new PretrainedEncoder(description, tokenizer, weights, weightsFile);
    }

    private static string WeightsIn(string folder)
    {
        string safe = Path.Combine(folder, WeightsFile);
        if (File.Exists(safe)) return safe;
        string[] found = [.. Directory.EnumerateFiles(folder, "*.safetensors").Concat(Directory.EnumerateFiles(folder, "*.tsm")).Order(StringComparer.Ordinal)];
        return found.Length == 1 ? found[0] : throw new MLPipelinesException(found.Length > 1
            ? $"{folder} has several files of weights: {string.Join(", ", found.Select(Path.GetFileName))}. Name one, or call it {WeightsFile}. (Weights in several parts are not read.)"
            : $"{folder} has no {WeightsFile}, nor a .tsm file. Weights as PyTorch pickles them (pytorch_model.bin) are not read, since reading those runs code: convert them to safetensors.");
    }

    private static PretrainedEncoder OpenModel(string path)
    {
        ITransformer model = ModelFileReader.Open(path).Load(out _);
        return ITransformerChain.Flatten(model).OfType<IEncoderSource>().FirstOrDefault()?.Encoder
            ?? throw new MLPipelinesException($"{path}: no step of the model stands on an encoder.");
    }
}
