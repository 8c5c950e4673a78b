using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Lanes of whole numbers from 0 to 255, kept as bytes.</summary>
internal static unsafe class LaneBytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Load<L>(byte* source)
        where L : unmanaged, ILanes<L>
    {
        if (L.Count == 16)
        {
            Vector256<ushort> halves = Vector256.Create(Vector128.WidenLower(Vector128.Load(source)), Vector128.WidenUpper(Vector128.Load(source)));
            return Unsafe.BitCast<Vector512<float>, L>(Vector512.ConvertToSingle(Vector512.Create(Vector256.WidenLower(halves), Vector256.WidenUpper(halves)).AsInt32()));
        }
        if (L.Count == 8)
        {
            Vector128<ushort> halves = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsByte());
            return Unsafe.BitCast<Vector256<float>, L>(Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(halves), Vector128.WidenUpper(halves)).AsInt32()));
        }
        return L.Broadcast(*source);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<L>(L lanes, byte* destination)
        where L : unmanaged, ILanes<L>
    {
        if (L.Count == 16)
        {
            Vector512<int> whole = Vector512.ConvertToInt32Native(Unsafe.BitCast<L, Vector512<float>>(lanes));
            Vector256<ushort> halves = Vector256.Narrow(whole.GetLower().AsUInt32(), whole.GetUpper().AsUInt32());
            Vector128.Narrow(halves.GetLower(), halves.GetUpper()).Store(destination);
        }
        else if (L.Count == 8)
        {
            Vector256<int> whole = Vector256.ConvertToInt32Native(Unsafe.BitCast<L, Vector256<float>>(lanes));
            Vector128<ushort> halves = Vector128.Narrow(whole.GetLower().AsUInt32(), whole.GetUpper().AsUInt32());
            Unsafe.WriteUnaligned(destination, Vector128.Narrow(halves, halves).AsUInt64().ToScalar());
        }
        else
        {
            *destination = (byte)Unsafe.BitCast<L, float>(lanes);
        }
    }
}
