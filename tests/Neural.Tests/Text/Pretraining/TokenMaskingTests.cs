using MLPipelines.Neural.Text;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Tests.Text;

public sealed class TokenMaskingTests
{
    private static readonly Tokenizer Tokens = SmallTexts.Tokenizer;
    private static readonly TokenCorpus Corpus = TokenCorpus.Of(SmallTexts.Sentences, Tokens, 32);

    [Fact]
    public void The_shares_are_those_of_the_paper()
    {
        (int all, int hidden, int masked, int same) = (0, 0, 0, 0);
        var masking = new TokenMasking(Tokens);
        var random = new RandomSource(1);
        for (int pass = 0; pass < 200; pass++)
        {
            foreach ((int[] before, int[] after, int[] positions, int[] targets) in Hidden(masking, random))
            {
                // Start and end are never hidden, and what is not hidden stays.
                Assert.All(positions, position => Assert.InRange(position, 1, before.Length - 2));
                for (int i = 0; i < before.Length; i++)
                    if (!positions.Contains(i)) Assert.Equal(before[i], after[i]);
                Assert.Equal(positions.Select(position => before[position]), targets);
                Assert.NotEmpty(positions);
                all += before.Length - 2;
                hidden += positions.Length;
                masked += positions.Count(position => after[position] == Tokens.SpecialTokens.Mask);
                same += positions.Count(position => after[position] == before[position]);
            }
        }
        // Four standard deviations of some 20,000 drawn: less than 0.012.
        Assert.InRange((double)hidden / all, 0.15 - 0.012, 0.15 + 0.012);
        Assert.InRange((double)masked / hidden, 0.8 - 0.012, 0.8 + 0.012);
        Assert.InRange((double)same / hidden, 0.1 - 0.012, 0.1 + 0.012);
    }

    [Fact]
    public void The_same_position_of_the_random_numbers_hides_the_same()
    {
        var masking = new TokenMasking(Tokens);
        var first = Hidden(masking, new RandomSource(3)).ToArray();
        var second = Hidden(new TokenMasking(Tokens), new RandomSource(3)).ToArray();
        var other = Hidden(masking, new RandomSource(4)).ToArray();
        Assert.Equal(first.SelectMany(item => item.After), second.SelectMany(item => item.After));
        Assert.NotEqual(first.SelectMany(item => item.After), other.SelectMany(item => item.After));
    }

    [Fact]
    public void Whole_words_are_hidden_together()
    {
        var masking = new TokenMasking(Tokens, 0.3f, wholeWords: true);
        string longest = SmallTexts.Sentences.MaxBy(sentence => Tokens.CountTokens(sentence))!;
        int several = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            foreach ((int[] before, _, int[] positions, _) in Hidden(masking, new RandomSource(seed)))
            {
                foreach (int position in positions)
                {
                    // A word's other tokens are those to its left until the one with the space, and those to its right that have none.
                    if (position + 1 < before.Length - 1 && char.IsAsciiLetterOrDigit(Tokens.TokenOf(before[position + 1])[0]))
                    {
                        Assert.Contains(position + 1, positions);
                        several++;
                    }
                }
            }
        }
        Assert.True(several > 0 || Tokens.CountTokens(longest) == longest.Split(' ').Length);
    }

    [Fact]
    public void Long_texts_are_cut_into_pieces_of_about_the_same_length()
    {
        string text = string.Join(' ', SmallTexts.Sentences.Take(5));
        int count = Tokens.CountTokens(text);
        var corpus = TokenCorpus.Of([text, "the cat"], Tokens, 16);
        Assert.Equal((count + 13) / 14 + 1, corpus.Count);
        Assert.Equal(Tokens.EncodeToIds(text), Enumerable.Range(0, corpus.Count - 1).SelectMany(sequence => corpus[sequence][1..^1].ToArray()));
        int[] lengths = corpus.Lengths[..^1];
        Assert.InRange(lengths.Max() - lengths.Min(), 0, 1);
        Assert.All(Enumerable.Range(0, corpus.Count), sequence => Assert.Equal((Tokens.SpecialTokens.Start, Tokens.SpecialTokens.End), (corpus[sequence][0], corpus[sequence][^1])));
        Assert.Equal((0, 1), (corpus.TextOf(0), corpus.TextOf(corpus.Count - 1)));
    }

    private static IEnumerable<(int[] Before, int[] After, int[] Positions, int[] Targets)> Hidden(TokenMasking masking, RandomSource random)
    {
        for (int i = 0; i < Corpus.Count; i++)
        {
            int[] before = Corpus[i].ToArray(), after = [.. before], positions = new int[before.Length], targets = new int[before.Length];
            int count = masking.Hide(after, random, positions, targets);
            yield return (before, after, positions[..count], targets[..count]);
        }
    }
}
