using System.Numerics;

namespace MLPipelines.Tensors.Memory;

/// <summary>
/// The free blocks of a device by size: a step asks for the sizes that the step before it gave back, so that nothing is allocated after the
/// first. Sizes are rounded up to an eighth of a power of two, which wastes at most that.
/// </summary>
internal sealed class StoragePool(Backend backend)
{
    private const int Smallest = 64, EighthsOfADoubling = 8;

    private readonly Stack<Storage>?[] _free = new Stack<Storage>?[ClassOf(int.MaxValue * (long)sizeof(long)) + 1];
    private readonly Lock _access = new();

    internal Backend Backend => backend;

    internal Storage Rent(long bytes)
    {
        int sizeClass = ClassOf(bytes);
        Storage storage = Find(sizeClass) ?? new Storage(this, sizeClass);
        storage.Take();
        return storage;
    }

    /// <summary>A free block of the size, or of one up to twice as large: sequences whose lengths change from step to step share their blocks.</summary>
    private Storage? Find(int sizeClass)
    {
        lock (_access)
        {
            for (int larger = sizeClass; larger <= sizeClass + EighthsOfADoubling && larger < _free.Length; larger++)
                if (_free[larger] is { Count: > 0 } free) return free.Pop();
        }
        return null;
    }

    internal void Return(Storage storage)
    {
        lock (_access) (_free[storage.SizeClass] ??= new Stack<Storage>(8)).Push(storage);
    }

    /// <summary>Forgets the free blocks, which the garbage collector then gives back to the system.</summary>
    internal void Trim()
    {
        lock (_access) Array.Clear(_free);
    }

    /// <summary>Class 0 holds up to 64 bytes; eight classes follow for each doubling.</summary>
    internal static int ClassOf(long bytes)
    {
        if (bytes <= Smallest) return 0;
        int exponent = BitOperations.Log2((ulong)(bytes - 1));
        long step = 1L << (exponent - 3);
        int eighth = (int)((bytes - (1L << exponent) + step - 1) / step);
        return (exponent - 6) * EighthsOfADoubling + eighth;
    }

    internal static long BytesOf(int sizeClass)
    {
        int exponent = sizeClass / EighthsOfADoubling + 6;
        return (1L << exponent) + (sizeClass % EighthsOfADoubling) * (1L << (exponent - 3));
    }
}
