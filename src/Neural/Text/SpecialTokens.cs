namespace MLPipelines.Tokenizers;

/// <summary>The numbers of the tokens that stand for no text; those that a vocabulary does not have are <see langword="null"/>.</summary>
/// <param name="Start">Before a text: <c>[CLS]</c> or <c>&lt;s&gt;</c>.</param>
/// <param name="End">After a text and between two: <c>[SEP]</c> or <c>&lt;/s&gt;</c>.</param>
/// <param name="Padding">After shorter texts of a batch: <c>[PAD]</c> or <c>&lt;pad&gt;</c>.</param>
/// <param name="Unknown">For what the vocabulary does not have: <c>[UNK]</c> or <c>&lt;unk&gt;</c>.</param>
/// <param name="Mask">In place of what is to be guessed: <c>[MASK]</c> or <c>&lt;mask&gt;</c>.</param>
public readonly record struct SpecialTokens(int? Start, int? End, int? Padding, int? Unknown, int? Mask)
{
    internal const string EndOfText = "<|endoftext|>";

    /// <summary>In RoBERTa's order, in which vocabularies are trained; the mask is the last of all tokens in RoBERTa's own.</summary>
    internal static readonly string[] OfRoberta = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

    /// <summary>In BERT's order.</summary>
    internal static readonly string[] OfBert = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>Those of a vocabulary, by their usual names. GPT-2 has one that is start and end.</summary>
    internal static SpecialTokens In(Func<string, int?> idOf) => new(
        idOf("<s>") ?? idOf("[CLS]") ?? idOf(EndOfText),
        idOf("</s>") ?? idOf("[SEP]") ?? idOf(EndOfText),
        idOf("<pad>") ?? idOf("[PAD]"),
        idOf("<unk>") ?? idOf("[UNK]"),
        idOf("<mask>") ?? idOf("[MASK]"));
}
