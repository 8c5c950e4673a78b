using NetworkOptions = MLPipelines.TorchSharp.NasBert.TextClassificationTrainer.TextClassificationOptions;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>How a network learns to classify texts. What is left out is chosen by the texts.</summary>
public sealed record TextNetworkOptions
{
    /// <summary>The columns of text, one or two.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = ["Text"];

    /// <summary>The column of labels; any type.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>
    /// Pretrained weights: the folder or file of an encoder, or its name in the cache (<c>mlp models add</c>). <see langword="null"/>: the ones called <c>nas-bert</c> or <c>bert</c>, as the method.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>Whether NAS-BERT and BERT begin with random weights.</summary>
    public bool FromScratch { get; init; }

    /// <summary>About how long a training may take; <see langword="null"/> for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Changes the trainer's options once they are chosen.</summary>
    public Action<NetworkOptions>? Adjust { get; init; }
}
