using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>What operators compute. Whole numbers wrap around in sums and products; powers of whole numbers stop at the largest one.</summary>
internal static class ExpressionOperators
{
    /// <summary>A computation of two numbers of one type.</summary>
    internal static ExpressionValue Arithmetic(string sign, ExpressionValue left, ExpressionValue right) => left switch
    {
        ExpressionValue<int> a => Arithmetic(sign, a.Compute, right.Get<int>(), WholePower),
        ExpressionValue<long> a => Arithmetic(sign, a.Compute, right.Get<long>(), WholePower),
        ExpressionValue<float> a => Arithmetic(sign, a.Compute, right.Get<float>(), (x, y) => (float)Math.Pow(x, y)),
        _ => Arithmetic(sign, left.Get<double>(), right.Get<double>(), Math.Pow),
    };

    internal static ExpressionValue Negative(ExpressionValue value) => value switch
    {
        ExpressionValue<int> a => ExpressionValue.Of(Negate(a.Compute)),
        ExpressionValue<long> a => ExpressionValue.Of(Negate(a.Compute)),
        ExpressionValue<float> a => ExpressionValue.Of(Negate(a.Compute)),
        _ => ExpressionValue.Of(Negate(value.Get<double>())),
    };

    internal static ExpressionValue FirstThatIsThere(ExpressionValue left, ExpressionValue right) =>
        left is ExpressionValue<float> a ? FirstThatIsThere(a.Compute, right.Get<float>()) : FirstThatIsThere(left.Get<double>(), right.Get<double>());

    /// <summary>One of two values of one type.</summary>
    internal static ExpressionValue Choose(Func<bool> condition, ExpressionValue yes, ExpressionValue no) => yes switch
    {
        ExpressionValue<bool> a => Choose(condition, a.Compute, no.Get<bool>()),
        ExpressionValue<int> a => Choose(condition, a.Compute, no.Get<int>()),
        ExpressionValue<long> a => Choose(condition, a.Compute, no.Get<long>()),
        ExpressionValue<float> a => Choose(condition, a.Compute, no.Get<float>()),
        ExpressionValue<double> a => Choose(condition, a.Compute, no.Get<double>()),
        _ => Choose(condition, yes.Get<ReadOnlyMemory<char>>(), no.Get<ReadOnlyMemory<char>>()),
    };

    /// <summary>A value that is computed once and then used in another one.</summary>
    /// <returns>The value to use, and what wraps the one that uses it.</returns>
    internal static (ExpressionValue Local, Func<ExpressionValue, ExpressionValue> Wrap) Keep(ExpressionValue value) => value switch
    {
        ExpressionValue<bool> a => Keep(a.Compute),
        ExpressionValue<int> a => Keep(a.Compute),
        ExpressionValue<long> a => Keep(a.Compute),
        ExpressionValue<float> a => Keep(a.Compute),
        ExpressionValue<double> a => Keep(a.Compute),
        _ => Keep(value.Get<ReadOnlyMemory<char>>()),
    };

    private static ExpressionValue Arithmetic<T>(string sign, Func<T> a, Func<T> b, Func<T, T, T> power) where T : INumber<T> => ExpressionValue.Of<T>(sign switch
    {
        "+" => () => a() + b(),
        "-" => () => a() - b(),
        "*" => () => a() * b(),
        "/" => () => a() / b(),
        "%" => () => a() % b(),
        _ => () => power(a(), b()),
    });

    private static Func<T> Negate<T>(Func<T> a) where T : INumber<T> => () => -a();

    private static ExpressionValue FirstThatIsThere<T>(Func<T> a, Func<T> b) where T : INumber<T> => ExpressionValue.Of(() =>
    {
        T first = a();
        return T.IsNaN(first) ? b() : first;
    });

    private static ExpressionValue Choose<T>(Func<bool> condition, Func<T> yes, Func<T> no) => ExpressionValue.Of(() => condition() ? yes() : no());

    private static (ExpressionValue Local, Func<ExpressionValue, ExpressionValue> Wrap) Keep<T>(Func<T> value)
    {
        T kept = default!;
        return (ExpressionValue.Of(() => kept), body => After(() => kept = value(), body));
    }

    private static ExpressionValue After<T>(Func<T> first, ExpressionValue then) => then switch
    {
        ExpressionValue<bool> a => After(first, a.Compute),
        ExpressionValue<int> a => After(first, a.Compute),
        ExpressionValue<long> a => After(first, a.Compute),
        ExpressionValue<float> a => After(first, a.Compute),
        ExpressionValue<double> a => After(first, a.Compute),
        _ => After(first, then.Get<ReadOnlyMemory<char>>()),
    };

    private static ExpressionValue After<T, TThen>(Func<T> first, Func<TThen> then) => ExpressionValue.Of(() =>
    {
        _ = first();
        return then();
    });

    private static T WholePower<T>(T number, T power) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (power < T.Zero) return number == T.One || (number == -T.One && T.IsEvenInteger(power)) ? T.One : number == -T.One ? -T.One : T.Zero;
        T result = T.One;
        // 0, 1 and -1 do not grow, whatever the power.
        if (T.Abs(number) <= T.One) return power == T.Zero || (T.IsNegative(number) && T.IsEvenInteger(power)) ? T.One : number;
        for (; power > T.Zero; power--)
        {
            T next = unchecked(result * number);
            if (next / number != result) return T.IsNegative(result) == T.IsNegative(number) ? T.MaxValue : T.MinValue;
            result = next;
        }
        return result;
    }
}
