using System.Text.RegularExpressions;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>A decoder's numbers in safetensors files, with or without the prefix <c>transformer.</c>, as Hugging Face has both.</summary>
internal static partial class DecoderWeights
{
    private const string Prefix = "transformer.", Output = "lm_head.weight";

    /// <summary>Takes the numbers of a file into a decoder.</summary>
    /// <exception cref="MLPipelinesException">The file is damaged, or of another decoder; the message lists what is missing, unexpected, and of another shape.</exception>
    internal static void Load(TextDecoder decoder, string file)
    {
        try
        {
            StateDictionary found = StateDictionary.Load(file);
            var state = new StateDictionary();
            foreach (var (name, tensor) in found)
                if (name != Output && !Constant().IsMatch(name)) state.Add(name.StartsWith(Prefix, StringComparison.Ordinal) ? name : Prefix + name, tensor);
            decoder.Load(state);
            if (found.TryGet(Output, out Tensor output) && !output.To(ElementType.Float32).ToArray().AsSpan().SequenceEqual(decoder.State()[Prefix + "wte.weight"].ToArray()))
                throw new MLPipelinesException($"{file}: '{Output}' is not that of the token embedding; an output layer of its own is not supported.");
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new MLPipelinesException($"{file} does not fit the decoder: {e.Message}", e);
        }
    }

    internal static void Save(TextDecoder decoder, string file) => decoder.State().Save(file);

    /// <summary>The causal mask, which older files hold.</summary>
    [GeneratedRegex(@"h\.\d+\.attn\.(bias|masked_bias)$")]
    private static partial Regex Constant();
}
