using System.Numerics;

namespace MLPipelines.Data;

/// <summary>Converts between the number types that drivers give and those of columns.</summary>
internal static class NumberConversion
{
    internal static bool TryConvert<T>(object value, out T result) where T : struct, INumber<T>
    {
        result = default;
        try
        {
            switch (value)
            {
                case T same: result = same; return true;
                case double real: return TryReal(real, out result);
                case float real: return TryReal(real, out result);
                case decimal exact: return TryReal(exact, out result);
                case long whole: result = T.CreateChecked(whole); return true;
                case int whole: result = T.CreateChecked(whole); return true;
                case short whole: result = T.CreateChecked(whole); return true;
                case sbyte whole: result = T.CreateChecked(whole); return true;
                case ulong whole: result = T.CreateChecked(whole); return true;
                case uint whole: result = T.CreateChecked(whole); return true;
                case ushort whole: result = T.CreateChecked(whole); return true;
                case byte whole: result = T.CreateChecked(whole); return true;
                case bool truth: result = truth ? T.One : T.Zero; return true;
                default: return false;
            }
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>A number with decimals fits an integer only when it has none.</summary>
    private static bool TryReal<TSource, T>(TSource number, out T result) where TSource : struct, IFloatingPoint<TSource> where T : struct, INumber<T>
    {
        bool isReal = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        result = isReal || TSource.IsInteger(number) ? T.CreateChecked(number) : default;
        return isReal || TSource.IsInteger(number);
    }
}
