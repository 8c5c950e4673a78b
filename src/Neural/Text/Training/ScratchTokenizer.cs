using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Text;

/// <summary>Trains a tokenizer from the texts that a network learns from.</summary>
internal static class ScratchTokenizer
{
    /// <summary>Word pieces, which keep each Chinese character apart, where many characters are of scripts without spaces; otherwise byte pairs.</summary>
    internal static Tokenizer Train(IEnumerable<string> texts, int vocabularySize, CancellationToken cancellation)
    {
        string[] all = [.. texts];
        long dense = 0, letters = 0;
        foreach (string text in all)
        {
            foreach (char c in text)
            {
                if (!char.IsLetter(c)) continue;
                letters++;
                if (c is >= '\u3040' and <= '\u9fff') dense++;
            }
        }
        var options = new TokenizerTrainingOptions { VocabularySize = vocabularySize };
        return dense * 4 > letters ? BertTokenizer.Train(all, options, cancellation) : BpeTokenizer.Train(all, options, cancellation);
    }
}
