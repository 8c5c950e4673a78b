using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.Recommenders;

public sealed class TopItemsTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(5, 1)]
    [InlineData(100, 7)]
    [InlineData(333, 333)]
    [InlineData(40, 60)]
    public void The_best_are_those_of_sorting_with_equal_scores_by_place(int count, int room)
    {
        var random = new Random(count);
        float[] scores = [.. Enumerable.Range(0, count).Select(_ => random.Next(8) == 0 ? float.NegativeInfinity : random.Next(20))];
        int[] places = [.. Enumerable.Range(0, count)];
        random.Shuffle(places);
        int[] items = new int[room];
        float[] kept = new float[room];
        var top = new TopItems(items, kept, places);
        top.AddAll(scores);
        top.Sort();
        int[] expected = [.. Enumerable.Range(0, count).Where(item => float.IsFinite(scores[item])).OrderByDescending(item => scores[item]).ThenBy(item => places[item]).Take(room)];
        Assert.Equal(expected, items[..top.Count]);
        Assert.Equal(expected.Select(item => scores[item]), kept[..top.Count]);
    }
}
