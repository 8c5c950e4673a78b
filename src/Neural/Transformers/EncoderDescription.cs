using System.Text.Json.Nodes;
using MLPipelines.Data;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Everything that a text encoder is made by, besides its numbers: what Hugging Face's <c>config.json</c> says, in its words.</summary>
internal abstract record EncoderDescription
{
    private const string Parameter = "encoder";

    /// <summary>How many tokens there are.</summary>
    internal required int VocabularySize { get; init; }

    /// <summary>The number of the token that fills shorter texts up.</summary>
    internal required int PaddingId { get; init; }

    /// <summary>The rate of dropout of embeddings and of what is added to the residual stream.</summary>
    internal float Dropout { get; init; } = 0.1f;

    /// <summary>The rate of dropout of attention weights.</summary>
    internal float AttentionDropout { get; init; } = 0.1f;

    /// <summary>The rate of dropout before the last layer of a head.</summary>
    internal abstract float HeadDropout { get; init; }

    /// <summary>How long the vectors are that come out.</summary>
    internal abstract int HiddenSize { get; }

    /// <summary>The most tokens of a text, special ones among them.</summary>
    internal abstract int MaxTokens { get; }

    /// <summary>The names that heads have in files beside this encoder.</summary>
    internal abstract HeadNames Heads { get; }

    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal abstract TextEncoder Create(RandomSource random);

    /// <summary>The layer or layers over it that score whole texts: (N, T, H) to (N, classes).</summary>
    internal virtual Layer CreateClassifier(int classes, RandomSource random) => new SequenceClassificationHead(this, classes, random);

    internal void Save(ModelStepWriter writer) => writer.Set(Parameter, ToJson());

    internal static EncoderDescription Load(ModelStepReader reader)
    {
        string json = reader.GetString(Parameter);
        try
        {
            return FromJson(json, "the description of the encoder");
        }
        catch (MLPipelinesException e)
        {
            throw reader.Invalid(e.Message);
        }
    }

    /// <summary>The text of a <c>config.json</c>.</summary>
    internal string ToJson()
    {
        var config = new JsonObject();
        Write(config);
        return config.ToJsonString(new() { WriteIndented = true });
    }

    /// <param name="json">The text of a <c>config.json</c>; keys that do not matter to the numbers are passed over.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="MLPipelinesException">It is not JSON, of a family that is not known, or a number is missing or cannot be.</exception>
    internal static EncoderDescription FromJson(string json, string source)
    {
        var config = ConfigReader.Parse(json, source);
        return config.Text("model_type", "bert") switch
        {
            NasBertDescription.Family => NasBertDescription.Read(config),
            BertDescription.Family => BertDescription.Read(config, isRoberta: false),
            BertDescription.RobertaFamily => BertDescription.Read(config, isRoberta: true),
            TextCnnDescription.Family => TextCnnDescription.Read(config),
            BiLstmDescription.Family => BiLstmDescription.Read(config),
            var family => throw new MLPipelinesException($"{source}: \"model_type\" is \"{family}\"; encoders of the families bert, roberta, nas-bert, textcnn and bilstm can be read."),
        };
    }

    private protected abstract void Write(JsonObject config);
}
