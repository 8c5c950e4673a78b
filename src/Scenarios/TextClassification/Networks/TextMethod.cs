namespace MLPipelines.Scenarios.TextClassification;

/// <summary>What learns a text classifier.</summary>
public enum TextMethod
{
    /// <summary>Linear machines over n-grams: seconds, on any number of examples.</summary>
    Ngram,

    /// <summary>NAS-BERT, from pretrained weights.</summary>
    NasBert,

    /// <summary>BERT or RoBERTa, from pretrained weights.</summary>
    Bert,

    /// <summary>Convolutions over tokens, from scratch.</summary>
    TextCnn,

    /// <summary>Long short-term memory in both directions, from scratch.</summary>
    BiLstm,

    /// <summary>The one that is best on held-out rows.</summary>
    Auto,
}
