namespace MLPipelines.Tensors.Memory;

/// <summary>
/// A native block, aligned to 64 bytes, that one or several tensors look into. Inside a <see cref="Step"/> it goes back to its pool with the
/// last of them; one that nobody refers to any more is given back to the system by the garbage collector.
/// </summary>
internal sealed unsafe class Storage
{
    internal readonly StoragePool Pool;
    internal readonly int SizeClass;
    internal int Uses;

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
}
