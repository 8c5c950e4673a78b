using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Trainers;

/// <summary>
/// One step down the slope for each element of a block. With error e = value − p·q, the direction of the row's factors is e q − λ p and that of
/// the column's e p − λ q; a step goes rate / √G along it, G being one and the sum of the squares of the directions so far over <see cref="FirstPart"/>. The two parts of the
/// factors of a row have a G each.
/// </summary>
/// <remarks>
/// Sums are of sixteen partial sums that are added in one order whatever the width of a vector, so that every width finds the same bits.
/// Source: Chin, Zhuang, Juan and Lin, "A Learning-rate Schedule for Stochastic Gradient Methods to Matrix Factorization" (2015), with the squares of the second part divided
/// by the size of the first: its steps shrink sooner, and it fits less of what is noise. The paper has the second part join in the second pass; from where factors start here, that
/// makes no difference.
/// </remarks>
internal static unsafe class FactorSteps
{
    /// <summary>How many numbers are worked on together.</summary>
    internal const int Width = 16;

    /// <summary>How many factors the first part has.</summary>
    internal const int FirstPart = 8;

    /// <summary>Walks over the elements of a block in order.</summary>
    /// <returns>The sum of the squared errors, each before its step.</returns>
    internal static double Run(ReadOnlySpan<MatrixElement> block, FactorState rows, FactorState columns, FactorSettings settings)
    {
        if (Vector512.IsHardwareAccelerated) return Run<Lanes16, Vector512<float>>(block, rows, columns, settings);
        return Vector256.IsHardwareAccelerated ? Run<Lanes8, Vector256<float>>(block, rows, columns, settings) : Run<Lanes4, Vector128<float>>(block, rows, columns, settings);
    }

    [SkipLocalsInit]
    internal static double Run<TLanes, TVector>(ReadOnlySpan<MatrixElement> block, FactorState rows, FactorState columns, FactorSettings settings)
        where TLanes : unmanaged, ILanes<TVector> where TVector : unmanaged
    {
        float* room = stackalloc float[4 * Width];
        nint length = rows.Stride;
        float* rowFactors = rows.Factors, columnFactors = columns.Factors;
        Vector128<float> rate = Vector128.Create(settings.Rate), share = Vector128.Create(1f / FirstPart);
        TVector decay = TLanes.Broadcast(-settings.Lambda);
        bool nonNegative = settings.NonNegative;
        double loss = 0;
        fixed (float* rowSums = rows.Sums, columnSums = columns.Sums)
        {
            foreach (ref readonly MatrixElement element in block)
            {
                float* p = rowFactors + element.Row * length, q = columnFactors + element.Column * length;
                double* rowSum = (double*)rowSums + element.Row, columnSum = (double*)columnSums + element.Column;
                // The sums of the first and the second part of the row, then those of the column: two numbers of four bytes are moved as one of eight.
                Vector128<float> sums = Vector128.Create(*rowSum, *columnSum).AsSingle(), steps = rate / Vector128.Sqrt(sums);
                float error = element.Value - Dot<TLanes, TVector>(p, q, length, room);
                loss += (double)error * error;
                TVector e = TLanes.Broadcast(error);
                Vector128<float> a, b, c, d;
                (a, c) = Step<TLanes, TVector>(p, q, 0, Width, e, decay, TLanes.Broadcast(steps[0]), TLanes.Broadcast(steps[2]), nonNegative, room);
                (b, d) = Step<TLanes, TVector>(p, q, Width, length, e, decay, TLanes.Broadcast(steps[1]), TLanes.Broadcast(steps[3]), nonNegative, room);
                sums += Totals(a, b, c, d) * share;
                *rowSum = sums.AsDouble()[0];
                *columnSum = sums.AsDouble()[1];
            }
        }
        return loss;
    }

    /// <summary>Moves some of the factors of a row and a column.</summary>
    /// <returns>The squares of the directions of the row, and of the column, in four partial sums each.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Row, Vector128<float> Column) Step<TLanes, TVector>(
        float* p, float* q, nint from, nint to, TVector error, TVector decay, TVector rowStep, TVector columnStep, bool nonNegative, float* room)
        where TLanes : unmanaged, ILanes<TVector> where TVector : unmanaged
    {
        TVector zero = TLanes.Broadcast(0), rowSquares = zero, columnSquares = zero;
        for (int lane = 0; lane < Width; lane += TLanes.Count)
        {
            (rowSquares, columnSquares) = (zero, zero);
            for (nint d = from + lane; d < to; d += Width)
            {
                TVector x = TLanes.Load(p + d), y = TLanes.Load(q + d);
                TVector dx = TLanes.MultiplyAdd(error, y, TLanes.Multiply(decay, x)), dy = TLanes.MultiplyAdd(error, x, TLanes.Multiply(decay, y));
                rowSquares = TLanes.MultiplyAdd(dx, dx, rowSquares);
                columnSquares = TLanes.MultiplyAdd(dy, dy, columnSquares);
                x = TLanes.MultiplyAdd(rowStep, dx, x);
                y = TLanes.MultiplyAdd(columnStep, dy, y);
                if (nonNegative) (x, y) = (TLanes.Max(x, zero), TLanes.Max(y, zero));
                TLanes.Store(x, p + d);
                TLanes.Store(y, q + d);
            }
            if (TLanes.Count == Width) break;
            TLanes.Store(rowSquares, room + lane);
            TLanes.Store(columnSquares, room + Width + lane);
        }
        return (Fold(rowSquares, room), Fold(columnSquares, room + Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot<TLanes, TVector>(float* p, float* q, nint length, float* room)
        where TLanes : unmanaged, ILanes<TVector> where TVector : unmanaged
    {
        TVector sum = TLanes.Broadcast(0);
        for (int lane = 0; lane < Width; lane += TLanes.Count)
        {
            sum = TLanes.Multiply(TLanes.Load(p + lane), TLanes.Load(q + lane));
            for (nint d = lane + Width; d < length; d += Width) sum = TLanes.MultiplyAdd(TLanes.Load(p + d), TLanes.Load(q + d), sum);
            if (TLanes.Count == Width) break;
            TLanes.Store(sum, room + lane);
        }
        Vector128<float> four = Fold(sum, room);
        four += Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return four[0] + four[1];
    }

    /// <summary>Sixteen numbers to four sums: in one vector, or else in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fold<TVector>(TVector vector, float* room) where TVector : unmanaged
    {
        if (typeof(TVector) != typeof(Vector512<float>)) return Vector128.Load(room) + Vector128.Load(room + 8) + (Vector128.Load(room + 4) + Vector128.Load(room + 12));
        Vector512<float> sixteen = Unsafe.BitCast<TVector, Vector512<float>>(vector);
        Vector256<float> eight = sixteen.GetLower() + sixteen.GetUpper();
        return eight.GetLower() + eight.GetUpper();
    }

    /// <summary>The sum of each of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Totals(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        // Pairs of two vectors in turn, as a0 b0 a1 b1: added up, the first half of a pair of vectors is a0 + a2, b0 + b2, and the second a1 + a3, b1 + b3.
        Vector128<float> ab = Turn(a, b), cd = Turn(c, d);
        return Vector128.Create(ab.GetLower(), cd.GetLower()) + Vector128.Create(ab.GetUpper(), cd.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Turn(Vector128<float> a, Vector128<float> b)
    {
        if (System.Runtime.Intrinsics.X86.Sse.IsSupported) return System.Runtime.Intrinsics.X86.Sse.UnpackLow(a, b) + System.Runtime.Intrinsics.X86.Sse.UnpackHigh(a, b);
        return Vector128.Create(a[0], b[0], a[1], b[1]) + Vector128.Create(a[2], b[2], a[3], b[3]);
    }
}
