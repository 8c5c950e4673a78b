using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Tests;

public class StoragePoolTests
{
    [Fact]
    public void Classes_hold_what_they_are_for_and_waste_an_eighth_at_most()
    {
        foreach (long bytes in Enumerable.Range(1, 5000).Select(i => (long)i).Concat([65_537, 1_000_000, 123_456_789, 1L << 33, (1L << 33) + 1]))
        {
            int sizeClass = StoragePool.ClassOf(bytes);
            long room = StoragePool.BytesOf(sizeClass);
            Assert.True(room >= bytes, $"{bytes} in {room}");
            Assert.True(room <= Math.Max(64, bytes + bytes / 8 + 1), $"{bytes} in {room}");
            Assert.Equal(sizeClass, StoragePool.ClassOf(room));
        }
    }

    [Fact]
    public void A_block_serves_sizes_down_to_a_half()
    {
        var pool = new StoragePool(Device.Cpu.Backend);
        Storage large = pool.Rent(10_000);
        large.GiveBack();
        Assert.Same(large, pool.Rent(6_000));
        Assert.NotSame(large, pool.Rent(6_000));
        large.GiveBack();
        Assert.NotSame(large, pool.Rent(4_000));
        Assert.Same(large, pool.Rent(10_000));
    }
}
