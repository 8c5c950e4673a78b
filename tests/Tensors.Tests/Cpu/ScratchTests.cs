using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Tests.Cpu;

public unsafe class ScratchTests
{
    [Fact]
    public void Room_is_aligned_and_apart_and_given_back()
    {
        float* first;
        using (Scratch outer = Scratch.Open())
        {
            first = outer.Floats(3);
            float* inside;
            using (Scratch inner = Scratch.Open()) inside = inner.Floats(1000);
            using (Scratch inner = Scratch.Open()) Assert.True(inside == inner.Floats(1000));
            Assert.True(first + 16 == inside);
            Assert.Equal(0u, (nuint)first % 64);
        }
        using Scratch again = Scratch.Open();
        Assert.True(first == again.Floats(3));
    }

    [Fact]
    public void What_is_open_stays_where_it_is_when_more_is_taken()
    {
        using Scratch scratch = Scratch.Open();
        float* small = scratch.Floats(10);
        small[9] = 7;
        for (int i = 1; i < 8; i++)
        {
            float* large = scratch.Floats(i * 300_000);
            large[0] = large[(i * 300_000) - 1] = i;
        }
        Assert.Equal(7, small[9]);
    }

    [Fact]
    public void Nothing_is_allocated_in_the_end()
    {
        for (int i = 0; i < 3; i++) Take();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Take();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Take()
        {
            using Scratch scratch = Scratch.Open();
            for (int i = 0; i < 5; i++) scratch.Floats(200_000)[0] = i;
        }
    }
}
