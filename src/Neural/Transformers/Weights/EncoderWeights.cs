using MLPipelines.Data;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Reads files of weights, and brings the names of different makers to those that the encoders here use.</summary>
internal static class EncoderWeights
{
    // Hugging Face's models with heads, and ML.NET's.
    private static readonly string[] Prefixes = ["bert.", "roberta.", "Encoder.", "PredictionHead.", "NerHead.", "QAHead."];

    // What is not of the encoder itself.
    private static readonly string[] Heads = ["pooler.", "classifier.", "qa_outputs.", "cls.", "lm_head.", "Classifier."];

    /// <param name="path">A <c>.safetensors</c> or <c>.tsm</c> file.</param>
    /// <exception cref="MLPipelinesException">The file is damaged, or holds what is not supported.</exception>
    internal static StateDictionary Read(string path)
    {
        try
        {
            return Named(path.EndsWith(".tsm", StringComparison.OrdinalIgnoreCase) ? StateDictionary.LoadTorchSharp(path) : StateDictionary.Load(path));
        }
        catch (InvalidDataException e)
        {
            throw new MLPipelinesException($"The weights cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Copies weights into an encoder; those of heads are passed over.</summary>
    /// <param name="weights">By the names that the encoder uses.</param>
    /// <param name="encoder">What takes them.</param>
    /// <param name="source">What messages call the weights.</param>
    /// <exception cref="MLPipelinesException">Names are missing, unexpected or of another shape; the message lists all of them, and nothing was copied.</exception>
    internal static void Load(StateDictionary weights, TextEncoder encoder, string source)
    {
        try
        {
            encoder.Load([.. weights.Where(item => !IsOfHead(item.Name))]);
        }
        catch (ArgumentException e)
        {
            throw new MLPipelinesException($"{source}: the weights are not those of the encoder that is described. {e.Message}", e);
        }
    }

    /// <summary>Copies weights into a head if all of its own are there with its shapes; otherwise it stays as it is.</summary>
    internal static bool TryLoad(StateDictionary weights, Module head)
    {
        var found = new StateDictionary();
        foreach (NamedTensor parameter in head.State())
        {
            if (!weights.TryGet(parameter.Name, out Tensor tensor) || tensor.Shape != parameter.Tensor.Shape) return false;
            found.Add(parameter.Name, tensor);
        }
        head.Load(found);
        return true;
    }

    private static StateDictionary Named(StateDictionary read)
    {
        var named = new StateDictionary();
        foreach (var (name, tensor) in read)
        {
            string known = NameOf(name);
            // A table 0, 1, 2, … that old files keep.
            if (known.EndsWith("embeddings.position_ids", StringComparison.Ordinal)) continue;
            if (named.TryGet(known, out _)) throw new InvalidDataException($"Two tensors stand for '{known}', '{name}' among them.");
            named.Add(known, tensor);
        }
        return named;
    }

    private static string NameOf(string name)
    {
        string? prefix = Array.Find(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        string known = prefix is null ? name : name[prefix.Length..];
        // As TensorFlow calls the parts of normalizations.
        if (known.EndsWith("LayerNorm.gamma", StringComparison.Ordinal)) return string.Concat(known.AsSpan(0, known.Length - 5), "weight");
        return known.EndsWith("LayerNorm.beta", StringComparison.Ordinal) ? string.Concat(known.AsSpan(0, known.Length - 4), "bias") : known;
    }

    internal static bool IsOfHead(string name) => Array.Exists(Heads, head => name.StartsWith(head, StringComparison.Ordinal));
}
