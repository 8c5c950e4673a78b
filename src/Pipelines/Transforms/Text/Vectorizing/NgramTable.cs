using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Transforms.Text;

/// <summary>Finds the number that belongs to a hash: open addressing, 16 bytes a slot, half full at most.</summary>
internal sealed class NgramTable
{
    private Slot[] _slots;
    private int _mask;
    private int _shift;

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public ulong Hash;

        /// <summary>The number plus 1; 0 marks a free slot.</summary>
        public int Next;
    }

    internal NgramTable(int capacity = 1024) => _slots = Allocate(capacity);

    internal int Count { get; private set; }

    /// <summary>The number of a hash, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Find(ulong hash)
    {
        ref Slot slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (int at = Place(hash); ; at = (at + 1) & _mask)
        {
            ref Slot slot = ref Unsafe.Add(ref slots, at);
            if (slot.Hash == hash) return slot.Next - 1;
            if (slot.Next == 0) return -1;
        }
    }

    /// <summary>The number of a hash; a new hash gets the next number.</summary>
    internal int FindOrAdd(ulong hash, out bool added)
    {
        for (int at = Place(hash); ; at = (at + 1) & _mask)
        {
            ref Slot slot = ref _slots[at];
            if (slot.Next == 0)
            {
                added = true;
                slot.Hash = hash;
                slot.Next = ++Count;
                if (Count * 2 > _slots.Length) Grow();
                return Count - 1;
            }
            if (slot.Hash != hash) continue;
            added = false;
            return slot.Next - 1;
        }
    }

    /// <summary>Forgets all hashes and keeps the room.</summary>
    internal void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(ulong hash) => (int)((hash * 0x94D049BB133111EB) >> _shift);

    private Slot[] Allocate(int capacity)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity * 2));
        _mask = length - 1;
        _shift = 64 - BitOperations.Log2((uint)length);
        return new Slot[length];
    }

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = Allocate(old.Length);
        foreach (Slot slot in old)
        {
            if (slot.Next == 0) continue;
            int at = Place(slot.Hash);
            while (_slots[at].Next != 0) at = (at + 1) & _mask;
            _slots[at] = slot;
        }
    }
}
