namespace MLPipelines.Tokenizers;

/// <summary>Divides text into tokens of a vocabulary, and puts tokens together again. It does not change and may be used by many threads.</summary>
public abstract class Tokenizer
{
    /// <summary>How many tokens there are, special ones among them; their numbers are less than this.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>The numbers of tokens that stand for no text.</summary>
    public abstract SpecialTokens SpecialTokens { get; }

    /// <summary>Whether a pair of texts has two ends between its parts (RoBERTa) rather than one (BERT).</summary>
    internal abstract bool HasDoubleSeparator { get; }

    /// <summary>Adds the tokens of a text to a list, without special tokens at its start and end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">What they are added to.</param>
    /// <param name="maxTokenCount">It stops after so many.</param>
    public abstract void Encode(ReadOnlySpan<char> text, TokenList tokens, int maxTokenCount = int.MaxValue);

    /// <summary>The text of tokens; special ones are left out.</summary>
    /// <param name="ids">The tokens' numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not below <see cref="VocabularySize"/>.</exception>
    public abstract string Decode(ReadOnlySpan<int> ids);

    /// <summary>A token as the vocabulary writes it.</summary>
    /// <param name="id">Its number, below <see cref="VocabularySize"/>.</param>
    public abstract string TokenOf(int id);

    /// <summary>The number of a token as the vocabulary writes it; <see langword="null"/> if it has none.</summary>
    /// <param name="token">The token.</param>
    public abstract int? IdOf(string token);

    /// <summary>The numbers of a text's tokens.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<int> EncodeToIds(string text)
    {
        var tokens = new TokenList();
        Encode(text, tokens);
        return tokens.Ids.ToArray();
    }

    /// <summary>How many tokens a text has.</summary>
    /// <param name="text">The text.</param>
    public int CountTokens(string text) => EncodeToIds(text).Count;
}
