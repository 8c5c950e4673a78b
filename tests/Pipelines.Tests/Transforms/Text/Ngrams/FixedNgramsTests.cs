using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Transforms.Text.Ngrams;

public class FixedNgramsTests
{
    [Theory]
    [InlineData(2, 5u)]
    [InlineData(3, 60u)]
    [InlineData(4, 65535u)]
    [InlineData(6, 900u)]
    public void N_grams_found_by_all_their_keys_are_those_that_a_walk_finds(int length, uint keys)
    {
        var random = new Random(length);
        NgramShape shape = NgramShape.Create(length, 0, useAllLengths: false);
        NgramMap map = Learn(shape, Sequence(random, 3000, keys));
        FixedNgrams fixedLength = FixedNgrams.OfOrNull(map, shape)!;
        int found = 0;
        for (int i = 0; i < 200; i++)
        {
            // Keys that no n-gram has, too.
            uint[] sequence = Sequence(random, random.Next(60), keys * 5 / 4);
            FeatureList walked = new(), packed = new();
            var step = new FindNgrams(map, walked);
            NgramWalk.Run(sequence, shape, ref step);
            fixedLength.Find(sequence, packed);
            Assert.Equal(walked.Items.ToArray(), packed.Items.ToArray());
            found += walked.Count;
        }
        Assert.True(found > 0 || keys > 60);
        FeatureList all = new();
        new NgramFinder(map, shape).Find(map.KeysOf(map.Count - 1), all);
        Assert.Equal([map.Count - 1], all.Items.ToArray());
    }

    [Fact]
    public void N_grams_of_several_lengths_with_gaps_or_with_too_many_bits_are_walked()
    {
        uint[] sequence = Sequence(new Random(1), 100, 9);
        foreach (NgramShape shape in new[] { NgramShape.Create(3, 0, useAllLengths: true), NgramShape.Create(2, 1, useAllLengths: false), NgramShape.Create(1, 0, useAllLengths: true) })
            Assert.Null(FixedNgrams.OfOrNull(Learn(shape, sequence), shape));
        NgramShape longest = NgramShape.Create(5, 0, useAllLengths: false);
        Assert.NotNull(FixedNgrams.OfOrNull(Learn(longest, sequence), longest));
        Assert.Null(FixedNgrams.OfOrNull(Learn(longest, [1, 2, 3, 4, 1 << 13]), longest));
        // Learned as n-grams of all lengths, asked for as ones of one length.
        Assert.Null(FixedNgrams.OfOrNull(Learn(NgramShape.Create(2, 0, useAllLengths: true), sequence), NgramShape.Create(2, 0, useAllLengths: false)));
    }

    private static NgramMap Learn(NgramShape shape, uint[] sequence)
    {
        var map = new NgramMap();
        var step = new LearnNgrams(map, shape, new int[shape.NgramLength], new FeatureList());
        NgramWalk.Run(sequence, shape, ref step);
        return map;
    }

    private static uint[] Sequence(Random random, int length, uint largest) => [.. Enumerable.Range(0, length).Select(_ => (uint)random.NextInt64(largest + 1L))];
}
