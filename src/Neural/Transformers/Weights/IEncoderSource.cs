namespace MLPipelines.Neural.Transformers;

/// <summary>A trained model that stands on an encoder, from which another can begin.</summary>
internal interface IEncoderSource
{
    PretrainedEncoder Encoder { get; }
}
