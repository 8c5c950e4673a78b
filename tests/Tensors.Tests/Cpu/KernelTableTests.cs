using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>Every kernel of the table, at sizes around those of vectors, through every width.</summary>
public class KernelTableTests
{
    private static readonly (int Rows, int Columns)[] Sizes = [(1, 1), (2, 7), (3, 16), (5, 17), (2, 33), (1, 70), (3, 100)];

    public static TheoryData<string> Names => [.. KernelTable.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_gives_what_the_definition_gives(string name)
    {
        foreach ((int rows, int columns) in Sizes)
        {
            foreach (KernelWidth width in Widths.All)
            {
                using var forced = KernelWidths.Force(width);
                (float[] found, double[] expected) = KernelTable.All[name](rows, columns);
                Assert.Equal(expected.Length, found.Length);
                for (int i = 0; i < found.Length; i++)
                    Assert.True(Math.Abs(found[i] - expected[i]) <= 3e-6 * (1 + Math.Abs(expected[i])), $"{name}, {width}, {rows} × {columns}: item {i} is {found[i]}, not {expected[i]}.");
            }
        }
    }
}
