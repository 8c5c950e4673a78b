namespace MLPipelines.Pretraining;

/// <summary>The kind of a text encoder.</summary>
public enum TextArchitecture
{
    /// <summary>The small network of convolutions, attention and feed-forward layers that ML.NET ships (Xu and others, KDD 2021), over byte pairs.</summary>
    NasBert,

    /// <summary>BERT (Devlin and others 2019), over word pieces; without a description of another size 4 layers of 256 numbers.</summary>
    Bert,
}
