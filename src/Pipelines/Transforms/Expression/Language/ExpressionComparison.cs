using System.Numerics;

namespace MLPipelines.Transforms;

/// <summary>Chains of comparisons. NaN is neither equal to nor less or greater than anything.</summary>
internal static class ExpressionComparison
{
    /// <summary>Whether each two neighbours stand in the relation that the sign between them says; with <c>!=</c>, whether all differ.</summary>
    internal static ExpressionValue Of(ExpressionValue[] operands, string[] signs) => operands[0] switch
    {
        ExpressionValue<int> => Numbers<int>(operands, signs),
        ExpressionValue<long> => Numbers<long>(operands, signs),
        ExpressionValue<float> => Numbers<float>(operands, signs),
        ExpressionValue<double> => Numbers<double>(operands, signs),
        ExpressionValue<bool> => Chain<bool>(operands, IsDifferent(signs), Array.ConvertAll(signs, _ => (Func<bool, bool, bool>)((a, b) => a == b))),
        _ => Chain<ReadOnlyMemory<char>>(operands, IsDifferent(signs), Array.ConvertAll(signs, _ => (Func<ReadOnlyMemory<char>, ReadOnlyMemory<char>, bool>)((a, b) => a.Span.SequenceEqual(b.Span)))),
    };

    /// <summary>Whether texts and truth values can be compared so, which have no order.</summary>
    internal static bool NeedsNoOrder(string sign) => sign is "=" or "==" or "!=" or "<>";

    private static bool IsDifferent(string[] signs) => signs[0] is "!=" or "<>";

    private static ExpressionValue Numbers<T>(ExpressionValue[] operands, string[] signs) where T : INumber<T> =>
        Chain(operands, IsDifferent(signs), Array.ConvertAll<string, Func<T, T, bool>>(signs, sign => sign switch
        {
            "<" => (a, b) => a < b,
            "<=" => (a, b) => a <= b,
            ">" => (a, b) => a > b,
            ">=" => (a, b) => a >= b,
            _ => (a, b) => a == b,
        }));

    private static ExpressionValue Chain<T>(ExpressionValue[] operands, bool areDifferent, Func<T, T, bool>[] tests)
    {
        Func<T>[] values = Array.ConvertAll(operands, operand => operand.Get<T>());
        if (areDifferent) return AllDifferent(values, tests[0]);
        return ExpressionValue.Of(() =>
        {
            T left = values[0]();
            for (int i = 0; i < tests.Length; i++)
            {
                T right = values[i + 1]();
                if (!tests[i](left, right)) return false;
                left = right;
            }
            return true;
        });
    }

    private static ExpressionValue AllDifferent<T>(Func<T>[] values, Func<T, T, bool> areEqual)
    {
        T[] seen = new T[values.Length];
        return ExpressionValue.Of(() =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                seen[i] = values[i]();
                for (int j = 0; j < i; j++)
                    if (areEqual(seen[j], seen[i])) return false;
            }
            return true;
        });
    }
}
