using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Scenarios.Tests.TextGeneration;

/// <summary>
/// Expected numbers: python3 -c "from math import *; s=[2,1,0,-1]; e=[exp(v/T) for v in s]; print([v/sum(e) for v in e])", of what is left at each time.
/// </summary>
public sealed class TokenSamplerTests
{
    // Not in order, so that order matters.
    private static readonly float[] Scores = [0, 2, -1, 1];

    private static readonly TextGenerationOptions All = new() { Temperature = 1, TopP = 1 };

    [Fact]
    public void All_tokens_have_the_probabilities_of_a_softmax() => Expect(All, (1, 0.643914), (3, 0.236883), (0, 0.087144), (2, 0.032059));

    [Fact]
    public void Temperature_divides_the_scores() => Expect(All with { Temperature = 0.5f }, (1, 0.864955), (3, 0.117059), (0, 0.015842), (2, 0.002144));

    [Fact]
    public void Top_k_keeps_so_many() => Expect(All with { TopK = 2 }, (1, 0.731059), (3, 0.268941));

    [Fact]
    public void More_than_there_are_keeps_all() => Expect(All with { TopK = 9 }, (1, 0.643914), (3, 0.236883), (0, 0.087144), (2, 0.032059));

    [Theory]
    [InlineData(0.6f, 1)]
    [InlineData(0.65f, 2)]
    [InlineData(0.88f, 2)]
    [InlineData(0.89f, 3)]
    [InlineData(0.97f, 4)]
    public void Top_p_keeps_the_fewest_that_reach_it(float share, int count)
    {
        (int, double)[] all = [(1, 0.643914), (3, 0.236883), (0, 0.087144), (2, 0.032059)];
        double sum = all[..count].Sum(token => token.Item2);
        Expect(All with { TopP = share }, [.. all[..count].Select(token => (token.Item1, token.Item2 / sum))]);
    }

    [Fact]
    public void Top_p_is_of_what_top_k_leaves() => Expect(All with { TopK = 2, TopP = 0.7f }, (1, 1));

    [Fact]
    public void What_is_there_already_is_less_probable()
    {
        // 2 becomes 2 / 1.25 and -1 becomes -1 · 1.25; however often they are there.
        TokenSampler sampler = new(All with { RepetitionPenalty = 1.25f }, 4, seed: 1);
        foreach (int token in (int[])[1, 2, 1]) sampler.Note(token);
        double[] e = [Math.Exp(0), Math.Exp(1.6), Math.Exp(-1.25), Math.Exp(1)];
        Equal([.. Enumerable.Range(0, 4).Select(id => (id, e[id] / e.Sum()))], sampler.Distribution(Scores.ToArray()));
    }

    [Fact]
    public void Of_equal_ones_at_the_edge_the_first_are_kept()
    {
        TokenSampler sampler = new(All with { TopK = 2 }, 5, seed: 1);
        Equal([(1, 0.731059), (2, 0.268941)], sampler.Distribution([0, 2, 1, 1, 1]));
    }

    [Fact]
    public void At_temperature_0_the_most_probable_is_taken()
    {
        TokenSampler sampler = new(new() { Temperature = 0, RepetitionPenalty = 3 }, 4, seed: 1);
        Assert.Equal(1, sampler.Choose(Scores.ToArray()));
        sampler.Note(1);
        Assert.Equal(3, sampler.Choose(Scores.ToArray()));
    }

    [Fact]
    public void Tokens_are_drawn_as_often_as_they_are_probable()
    {
        TokenSampler sampler = new(All, 4, seed: 3);
        int[] counts = new int[4];
        const int Draws = 20_000;
        for (int i = 0; i < Draws; i++) counts[sampler.Choose(Scores.ToArray())]++;
        // Within four deviations of a binomial distribution.
        foreach (var (id, p) in ((int, double)[])[(1, 0.643914), (3, 0.236883), (0, 0.087144), (2, 0.032059)]) Assert.Equal(p, (double)counts[id] / Draws, 4 * Math.Sqrt(p * (1 - p) / Draws));
    }

    [Fact]
    public void Many_tokens_are_kept_as_sorting_all_of_them_would()
    {
        var random = new Random(5);
        float[] scores = [.. Enumerable.Range(0, 3000).Select(_ => (float)Math.Round(random.NextDouble() * 12, 2))];
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(id => scores[id]).ThenBy(id => id)];
        double[] weights = [.. order.Select(id => Math.Exp(scores[id] - 12))];
        Assert.Equal(order[..70].Order(), new TokenSampler(All with { TopK = 70 }, scores.Length, 1).Distribution(scores.ToArray()).Keys.Order());
        double reached = 0;
        int count = 0;
        while (reached < 0.4 * weights.Sum()) reached += weights[count++];
        Assert.Equal(order[..count].Order(), new TokenSampler(All with { TopP = 0.4f }, scores.Length, 1).Distribution(scores.ToArray()).Keys.Order());
    }

    [Theory]
    [InlineData("MaxTokens is 0, expected at least 1")]
    [InlineData("Temperature is -1, expected a number of at least 0")]
    [InlineData("TopK is 0, expected at least 1")]
    [InlineData("TopP is 0, expected a number above 0 and at most 1")]
    [InlineData("RepetitionPenalty is 0.5, expected a number of at least 1")]
    public void Options_out_of_range_are_refused(string message)
    {
        TextGenerationOptions options = message.Split(' ')[0] switch
        {
            "MaxTokens" => new() { MaxTokens = 0 },
            "Temperature" => new() { Temperature = -1 },
            "TopK" => new() { TopK = 0 },
            "TopP" => new() { TopP = 0 },
            _ => new() { RepetitionPenalty = 0.5f },
        };
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(options.Check).Message, StringComparison.Ordinal);
    }

    private static void Expect(TextGenerationOptions options, params (int Id, double Probability)[] expected) => Equal(expected, new TokenSampler(options, Scores.Length, seed: 1).Distribution(Scores.ToArray()));

    private static void Equal((int Id, double Probability)[] expected, Dictionary<int, double> actual)
    {
        Assert.Equal(expected.Select(token => token.Id).Order(), actual.Keys.Order());
        foreach (var (id, probability) in expected) Assert.Equal(probability, actual[id], 1e-6);
    }
}
