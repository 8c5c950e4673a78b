using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>
/// Hides tokens of a sequence that a network is to guess (Devlin and others 2019): of those that are chosen, 80 of 100 become the mask token, 10 become any other token, and
/// 10 stay, so that the network cannot know which of the tokens it sees are the right ones. Special tokens are never chosen.
/// </summary>
internal sealed class TokenMasking
{
    private const float MaskedShare = 0.8f, ReplacedShare = 0.1f;

    private readonly float _share;
    private readonly int _mask;
    private readonly int[] _ordinary;
    private readonly bool[] _isOrdinary, _goesOn;
    private int[] _starts = new int[64];

    /// <param name="tokenizer">Knows the tokens.</param>
    /// <param name="share">How many of the tokens are chosen, from 0 to 1; at least one of each sequence is.</param>
    /// <param name="wholeWords">Whether all tokens of a word are chosen together.</param>
    /// <exception cref="ArgumentException">The vocabulary has no mask token.</exception>
    internal TokenMasking(Tokenizer tokenizer, float share = 0.15f, bool wholeWords = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        SpecialTokens special = tokenizer.SpecialTokens;
        _mask = special.Mask ?? throw new ArgumentException("The vocabulary has no mask token, such as [MASK] or <mask>, which is what is put in place of tokens that are to be guessed.", nameof(tokenizer));
        _share = share;
        _isOrdinary = new bool[tokenizer.VocabularySize];
        Array.Fill(_isOrdinary, true);
        foreach (int? id in (ReadOnlySpan<int?>)[special.Start, special.End, special.Padding, special.Unknown, special.Mask])
            if (id is { } known) _isOrdinary[known] = false;
        _ordinary = [.. Enumerable.Range(0, tokenizer.VocabularySize).Where(id => _isOrdinary[id])];
        _goesOn = new bool[tokenizer.VocabularySize];
        if (!wholeWords) return;
        // Byte pairs write a space before a token as Ġ; word pieces that are not the first of a word begin with ##.
        bool hasSpaces = _ordinary.Any(id => tokenizer.TokenOf(id).StartsWith('Ġ'));
        foreach (int id in _ordinary)
        {
            string token = tokenizer.TokenOf(id);
            _goesOn[id] = hasSpaces ? char.IsAsciiLetterOrDigit(token[0]) : token.StartsWith("##", StringComparison.Ordinal);
        }
    }

    /// <summary>Chooses tokens and hides them.</summary>
    /// <param name="tokens">The sequence; what is hidden is changed.</param>
    /// <param name="random">Draws.</param>
    /// <param name="positions">Gets which positions were chosen, in their order; as long as the sequence.</param>
    /// <param name="targets">Gets what stood there.</param>
    /// <returns>How many were chosen.</returns>
    internal int Hide(Span<int> tokens, RandomSource random, Span<int> positions, Span<int> targets)
    {
        int units = 0, ordinary = 0;
        if (_starts.Length < tokens.Length) _starts = new int[2 * tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            if (!_isOrdinary[tokens[i]]) continue;
            ordinary++;
            if (units == 0 || !_goesOn[tokens[i]] || !_isOrdinary[tokens[i - 1]]) _starts[units++] = i;
        }
        if (units == 0) return 0;

        // The fraction of a token is drawn, so that the mean share is right for short texts, too.
        float wanted = ordinary * _share;
        int least = Math.Max(1, (int)wanted + (random.NextSingle() < wanted - (int)wanted ? 1 : 0)), chosen = 0;
        for (int unit = 0; unit < units && chosen < least; unit++)
        {
            int other = unit + random.Next(units - unit);
            (_starts[unit], _starts[other]) = (_starts[other], _starts[unit]);
            int at = _starts[unit];
            do positions[chosen++] = at++;
            while (at < tokens.Length && _isOrdinary[tokens[at]] && _goesOn[tokens[at]]);
        }
        positions[..chosen].Sort();
        for (int i = 0; i < chosen; i++)
        {
            ref int token = ref tokens[positions[i]];
            targets[i] = token;
            float drawn = random.NextSingle();
            if (drawn < MaskedShare) token = _mask;
            else if (drawn < MaskedShare + ReplacedShare) token = _ordinary[random.Next(_ordinary.Length)];
        }
        return chosen;
    }
}
