namespace MLPipelines.Tensors.Memory;

/// <summary>
/// A native block, aligned to 64 bytes, that one or several tensors look into. Inside a <see cref="Step"/> it goes back to its pool with the
/// last of them; one that nobody refers to any more is given back to the system by the garbage collector.
/// </summary>
internal sealed unsafe class Storage
{
    internal readonly StoragePool Pool;
    internal readonly int SizeClass;
    private int _uses;

    internal Storage(StoragePool pool, int sizeClass)
    {
        (Pool, SizeClass) = (pool, sizeClass);
        Pointer = (byte*)pool.Backend.Allocate(StoragePool.BytesOf(sizeClass));
        GC.AddMemoryPressure(StoragePool.BytesOf(sizeClass));
    }

    ~Storage()
    {
        Pool.Backend.Free(Pointer);
        GC.RemoveMemoryPressure(StoragePool.BytesOf(SizeClass));
    }

    internal byte* Pointer { get; }

    /// <summary>How many tensors look into it. Threads may take views of one parameter at the same time.</summary>
    internal int Uses => Volatile.Read(ref _uses);

    internal void Take() => Interlocked.Increment(ref _uses);

    internal void GiveBack()
    {
        if (Interlocked.Decrement(ref _uses) == 0) Pool.Return(this);
    }
}
