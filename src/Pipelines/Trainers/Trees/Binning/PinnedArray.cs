using System.Runtime.CompilerServices;

namespace MLPipelines.Trainers.Trees;

/// <summary>Numbers that do not move in memory, for loops over pointers. The pointer is valid as long as this object is.</summary>
internal sealed unsafe class PinnedArray<T> where T : unmanaged
{
    private readonly T[] _room;

    /// <param name="length">How many numbers; what they are at first is not said.</param>
    internal PinnedArray(int length)
    {
        int spare = 64 / sizeof(T);
        // Starts where a cache line does.
        _room = GC.AllocateUninitializedArray<T>(checked(length + spare), pinned: true);
        Length = length;
        Pointer = (T*)(((nint)Unsafe.AsPointer(ref _room[0]) + 63) & ~(nint)63);
    }

    internal int Length { get; }

    internal T* Pointer { get; }

    internal Span<T> Span => new(Pointer, Length);
}
