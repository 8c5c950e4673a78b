namespace MLPipelines.Neural.Transformers;

/// <summary>A transformer that continues texts by a decoder.</summary>
internal interface ILanguageModelSource
{
    LanguageModel LanguageModel { get; }
}
