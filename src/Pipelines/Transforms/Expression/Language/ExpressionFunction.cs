using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>One form of a function.</summary>
/// <param name="Parameters">The types of its arguments.</param>
/// <param name="Bind">Makes the computation for arguments of these types.</param>
/// <param name="IsVariable">Whether the last parameter stands for any number of arguments.</param>
internal sealed record ExpressionFunction(PrimitiveDataViewType[] Parameters, Func<ExpressionValue[], ExpressionValue> Bind, bool IsVariable = false)
{
    internal static ExpressionFunction Of<TResult>(Func<TResult> compute) => new([], _ => ExpressionValue.Of(compute));

    internal static ExpressionFunction Of<T, TResult>(Func<T, TResult> compute) => new([ExpressionValue.TypeOf<T>()], arguments =>
    {
        Func<T> a = arguments[0].Get<T>();
        return ExpressionValue.Of(() => compute(a()));
    });

    internal static ExpressionFunction Of<T1, T2, TResult>(Func<T1, T2, TResult> compute) =>
        new([ExpressionValue.TypeOf<T1>(), ExpressionValue.TypeOf<T2>()], arguments =>
        {
            Func<T1> a = arguments[0].Get<T1>();
            Func<T2> b = arguments[1].Get<T2>();
            return ExpressionValue.Of(() => compute(a(), b()));
        });

    internal static ExpressionFunction Of<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> compute) =>
        new([ExpressionValue.TypeOf<T1>(), ExpressionValue.TypeOf<T2>(), ExpressionValue.TypeOf<T3>()], arguments =>
        {
            Func<T1> a = arguments[0].Get<T1>();
            Func<T2> b = arguments[1].Get<T2>();
            Func<T3> c = arguments[2].Get<T3>();
            return ExpressionValue.Of(() => compute(a(), b(), c()));
        });

    /// <summary>A function that writes text into a buffer, of which each use of the function has one.</summary>
    internal static ExpressionFunction Writing<T>(Func<ExpressionText, T, ReadOnlyMemory<char>> compute) => new([ExpressionValue.TypeOf<T>()], arguments =>
    {
        var buffer = new ExpressionText();
        Func<T> a = arguments[0].Get<T>();
        return ExpressionValue.Of(() => compute(buffer, a()));
    });

    /// <summary>A function that gives back its argument.</summary>
    internal static ExpressionFunction Same<T>() => new([ExpressionValue.TypeOf<T>()], arguments => arguments[0]);

    /// <summary>The arguments as the types of the parameters; <see langword="null"/> when they do not fit.</summary>
    internal ExpressionValue[]? Convert(ExpressionValue[] arguments)
    {
        if (!Takes(arguments.Length)) return null;
        var converted = new ExpressionValue[arguments.Length];
        for (int i = 0; i < converted.Length; i++)
        {
            if (arguments[i].As(Parameters[Math.Min(i, Parameters.Length - 1)]) is not { } value) return null;
            converted[i] = value;
        }
        return converted;
    }

    internal bool Takes(int count) => IsVariable ? count >= Parameters.Length - 1 : count == Parameters.Length;
}

/// <summary>A text that is written anew for each row, into memory that is used again.</summary>
internal sealed class ExpressionText
{
    private char[] _chars = new char[32];
    private int _length;

    internal ReadOnlyMemory<char> Written => _chars.AsMemory(0, _length);

    internal ExpressionText Clear()
    {
        _length = 0;
        return this;
    }

    /// <summary>Room for more characters.</summary>
    internal Span<char> Extend(int count)
    {
        if (_length + count > _chars.Length) Array.Resize(ref _chars, Math.Max(_length + count, _chars.Length * 2));
        _length += count;
        return _chars.AsSpan(_length - count, count);
    }

    internal ExpressionText Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Extend(text.Length));
        return this;
    }

    internal ReadOnlyMemory<char> Write<T>(T number) where T : ISpanFormattable
    {
        int length;
        while (!number.TryFormat(_chars, out length, default, System.Globalization.CultureInfo.InvariantCulture)) _chars = new char[_chars.Length * 2];
        _length = length;
        return Written;
    }
}
