using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public class WorkTeamTests
{
    private static WorkTeam Team(int threads) => WorkTeam.For(new FeatureMatrix(new float[20_000], 20_000, 1), new BoostingOptions { Threads = threads });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_is_done_once(int threads)
    {
        using WorkTeam team = Team(threads);
        for (int piece = 0; piece < 2000; piece++)
        {
            int[] done = new int[piece % 13];
            team.Run(done.Length, part => Interlocked.Increment(ref done[part]));
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void What_a_part_throws_is_thrown_and_the_team_works_on()
    {
        using WorkTeam team = Team(3);
        Assert.Equal("five", Assert.Throws<InvalidOperationException>(() => team.Run(10, part =>
        {
            if (part == 5) throw new InvalidOperationException("five");
        })).Message);
        int sum = 0;
        team.Run(10, part => Interlocked.Add(ref sum, part));
        Assert.Equal(45, sum);
    }
}
