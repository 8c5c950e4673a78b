using System.Runtime.InteropServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// Working memory of one thread, taken and given back in the manner of a stack: <c>using Scratch scratch = Scratch.Open();</c> and then
/// <see cref="Floats"/> as often as needed. Other threads may use it as long as it is open. After the first calls nothing is allocated.
/// </summary>
internal unsafe ref struct Scratch
{
    private const nuint Alignment = 64;
    private const nuint LeastBlock = 1 << 20;

    [ThreadStatic]
    private static Blocks? _blocks;

    private readonly Blocks _mine;
    private readonly int _block;
    private readonly nuint _used;

    private Scratch(Blocks mine) => (_mine, _block, _used) = (mine, mine.Block, mine.Used);

    /// <summary>Marks where the thread's memory is given back to on disposal.</summary>
    internal static Scratch Open() => new(_blocks ??= new Blocks());

    /// <summary>Room for so many numbers, on a boundary of 64 bytes; what it holds is undefined.</summary>
    internal readonly float* Floats(long count) => (float*)_mine.Take((nuint)count * sizeof(float));

    /// <summary>Room for one thing or several of a kind.</summary>
    internal readonly T* Of<T>(long count)
        where T : unmanaged => (T*)_mine.Take((nuint)count * (nuint)sizeof(T));

    public readonly void Dispose() => _mine.Return(_block, _used);

    /// <summary>A thread's blocks: what does not fit in one goes to the next; when all is given back, several become one.</summary>
    private sealed class Blocks
    {
        private readonly List<(nint Start, nuint Size)> _all = [];

        internal int Block { get; private set; }

        internal nuint Used { get; private set; }

        ~Blocks() => Free();

        internal void* Take(nuint bytes)
        {
            bytes = (bytes + Alignment - 1) & ~(Alignment - 1);
            while (true)
            {
                if (Block == _all.Count)
                {
                    nuint size = nuint.Max(bytes, LeastBlock);
                    _all.Add(((nint)NativeMemory.AlignedAlloc(size, Alignment), size));
                }
                (nint start, nuint room) = _all[Block];
                if (room - Used >= bytes)
                {
                    Used += bytes;
                    return (byte*)start + Used - bytes;
                }
                Block++;
                Used = 0;
            }
        }

        internal void Return(int block, nuint used)
        {
            (Block, Used) = (block, used);
            if (block > 0 || used > 0 || _all.Count <= 1) return;
            nuint sum = 0;
            foreach ((_, nuint size) in _all) sum += size;
            Free();
            _all.Clear();
            _all.Add(((nint)NativeMemory.AlignedAlloc(sum, Alignment), sum));
        }

        private void Free()
        {
            foreach ((nint start, _) in _all) NativeMemory.AlignedFree((void*)start);
        }
    }
}
