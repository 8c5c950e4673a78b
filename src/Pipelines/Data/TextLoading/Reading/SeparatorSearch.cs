using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Data;

/// <summary>
/// Finds where fields and rows end: separators, line feeds and carriage returns, 64 characters at a time. Bit i of a result
/// tells of character i. The same answer comes from vectors of every width and, as the plain form of it, from a loop.
/// </summary>
internal readonly struct SeparatorSearch
{
    /// <summary>How many characters one search looks at; all of them must be readable.</summary>
    internal const int Window = 64;

    private readonly ushort _first;
    private readonly char[] _others;

    internal SeparatorSearch(ReadOnlySpan<char> separators)
    {
        _first = separators[0];
        _others = separators[1..].ToArray();
    }

    internal bool IsSeparator(char c) => c == _first || Array.IndexOf(_others, c) >= 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Find(ref char start)
    {
        if (Vector512.IsHardwareAccelerated) return Find512(ref start);
        if (Vector256.IsHardwareAccelerated) return Find256(ref start);
        return Vector128.IsHardwareAccelerated ? Find128(ref start) : FindPlain(ref start);
    }

    internal ulong FindPlain(ref char start)
    {
        ulong found = 0;
        for (int i = 0; i < Window; i++)
        {
            char c = Unsafe.Add(ref start, i);
            if (c is '\n' or '\r' || IsSeparator(c)) found |= 1UL << i;
        }
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Find512(ref char start)
    {
        ref ushort chars = ref Unsafe.As<char, ushort>(ref start);
        var low = Vector512.LoadUnsafe(ref chars);
        var high = Vector512.LoadUnsafe(ref chars, 32);
        return Ends(low) | (Ends(high) << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Ends(Vector512<ushort> chars)
    {
        var found = Vector512.Equals(chars, Vector512.Create(_first))
            | Vector512.Equals(chars, Vector512.Create((ushort)'\n')) | Vector512.Equals(chars, Vector512.Create((ushort)'\r'));
        foreach (char other in _others) found |= Vector512.Equals(chars, Vector512.Create((ushort)other));
        return found.ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Find256(ref char start)
    {
        ref ushort chars = ref Unsafe.As<char, ushort>(ref start);
        // Narrowing keeps the low byte of each all-ones or all-zeros answer: 32 answers then fit one vector.
        uint low = Vector256.Narrow(Ends(Vector256.LoadUnsafe(ref chars)), Ends(Vector256.LoadUnsafe(ref chars, 16))).ExtractMostSignificantBits();
        uint high = Vector256.Narrow(Ends(Vector256.LoadUnsafe(ref chars, 32)), Ends(Vector256.LoadUnsafe(ref chars, 48))).ExtractMostSignificantBits();
        return low | ((ulong)high << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<ushort> Ends(Vector256<ushort> chars)
    {
        var found = Vector256.Equals(chars, Vector256.Create(_first))
            | Vector256.Equals(chars, Vector256.Create((ushort)'\n')) | Vector256.Equals(chars, Vector256.Create((ushort)'\r'));
        foreach (char other in _others) found |= Vector256.Equals(chars, Vector256.Create((ushort)other));
        return found;
    }

    internal ulong Find128(ref char start)
    {
        ref ushort chars = ref Unsafe.As<char, ushort>(ref start);
        ulong found = 0;
        for (int i = 0; i < Window; i += 16)
        {
            var answers = Vector128.Narrow(Ends(Vector128.LoadUnsafe(ref chars, (nuint)i)), Ends(Vector128.LoadUnsafe(ref chars, (nuint)i + 8)));
            found |= (ulong)answers.ExtractMostSignificantBits() << i;
        }
        return found;
    }

    private Vector128<ushort> Ends(Vector128<ushort> chars)
    {
        var found = Vector128.Equals(chars, Vector128.Create(_first))
            | Vector128.Equals(chars, Vector128.Create((ushort)'\n')) | Vector128.Equals(chars, Vector128.Create((ushort)'\r'));
        foreach (char other in _others) found |= Vector128.Equals(chars, Vector128.Create((ushort)other));
        return found;
    }
}
