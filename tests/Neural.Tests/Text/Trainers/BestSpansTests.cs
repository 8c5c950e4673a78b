using MLPipelines.Neural.Text;
using Xunit;

namespace MLPipelines.Neural.Tests.Text;

public sealed class BestSpansTests
{
    [Fact]
    public void The_best_parts_come_first_with_their_probabilities()
    {
        var spans = new BestSpans(3, mostTokens: 2);
        // Begin and end of four tokens, the first of which is not part of the text.
        spans.Find([9, 9, 1, 0, 0, 2, 0.5f, 1], 1, 4);
        // Parts (first, last): score. (1,1): 1; (1,2): 3; (2,2): 2; (2,3): 1; (3,3): 1.5.
        double[] e = [Math.E, Math.Exp(3), Math.Exp(2), Math.E, Math.Exp(1.5)];
        Assert.Equal([(1, 2), (2, 2), (3, 3)], spans.Best.ToArray().Select(span => (span.First, span.Last)));
        Assert.Equal([e[1] / e.Sum(), e[2] / e.Sum(), e[4] / e.Sum()], spans.Best.ToArray().Select(span => (double)span.Probability), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void There_are_no_more_than_there_are_parts()
    {
        var spans = new BestSpans(5, mostTokens: 1);
        spans.Find([0, 0, 0, 0], 0, 2);
        Assert.Equal(2, spans.Count);
        spans.Find([0, 0, 0, 0], 1, 1);
        Assert.Equal(0, spans.Count);
    }
}
