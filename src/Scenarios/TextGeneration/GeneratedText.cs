namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>What a prompt was continued by.</summary>
/// <param name="Text">The continuation, without the prompt.</param>
/// <param name="StopReason">Why it ends.</param>
/// <param name="PromptTokens">How many tokens the prompt has.</param>
/// <param name="Tokens">How many were generated, the end token among them.</param>
public sealed record GeneratedText(string Text, StopReason StopReason, int PromptTokens, int Tokens);

/// <summary>Why a generation ended.</summary>
public enum StopReason
{
    /// <summary>The model ended the text.</summary>
    EndToken,

    /// <summary>One of the stop texts came.</summary>
    StopText,

    /// <summary>There were as many tokens as there may be.</summary>
    MaxTokens,
}
