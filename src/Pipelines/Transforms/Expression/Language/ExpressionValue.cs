using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>A part of an expression that can be computed for the values that its inputs have at the moment.</summary>
internal abstract class ExpressionValue(PrimitiveDataViewType type)
{
    internal PrimitiveDataViewType Type => type;

    internal bool IsNumber => type is NumberDataViewType;

    /// <summary>The type that two numbers are computed in; <see langword="null"/> when they are none.</summary>
    /// <param name="first">A type.</param>
    /// <param name="second">Another type.</param>
    /// <param name="isExact">Whether every <see cref="int"/> must be kept as it is, which a <see cref="float"/> cannot.</param>
    internal static PrimitiveDataViewType? Join(PrimitiveDataViewType first, PrimitiveDataViewType second, bool isExact)
    {
        if (first.Equals(second)) return first;
        if (first is not NumberDataViewType || second is not NumberDataViewType) return null;
        bool Has(NumberDataViewType type) => first.Equals(type) || second.Equals(type);
        if (Has(NumberDataViewType.Int32) && Has(NumberDataViewType.Int64)) return NumberDataViewType.Int64;
        return Has(NumberDataViewType.Int32) && Has(NumberDataViewType.Single) && !isExact ? NumberDataViewType.Single : NumberDataViewType.Double;
    }

    /// <summary>The value as a type that it can be converted to without being told; <see langword="null"/> for others.</summary>
    internal abstract ExpressionValue? As(PrimitiveDataViewType target);

    internal Func<T> Get<T>() => ((ExpressionValue<T>)this).Compute;

    internal static ExpressionValue Of<T>(Func<T> compute) => new ExpressionValue<T>(TypeOf<T>(), compute);

    internal static PrimitiveDataViewType TypeOf<T>() =>
        typeof(T) == typeof(bool) ? BooleanDataViewType.Instance : typeof(T) == typeof(ReadOnlyMemory<char>) ? TextDataViewType.Instance
        : NumberDataViewType.All.First(type => type.RawType == typeof(T));
}

/// <summary>A part of an expression whose values are of one .NET type.</summary>
internal sealed class ExpressionValue<T>(PrimitiveDataViewType type, Func<T> compute) : ExpressionValue(type)
{
    internal Func<T> Compute => compute;

    internal override ExpressionValue? As(PrimitiveDataViewType target)
    {
        if (target.Equals(Type)) return this;
        bool toDouble = target.Equals(NumberDataViewType.Double);
        return compute switch
        {
            Func<int> whole when target.Equals(NumberDataViewType.Int64) => Of<long>(() => whole()),
            Func<int> whole when target.Equals(NumberDataViewType.Single) => Of<float>(() => whole()),
            Func<int> whole when toDouble => Of<double>(() => whole()),
            Func<long> whole when toDouble => Of<double>(() => whole()),
            Func<float> real when toDouble => Of<double>(() => real()),
            _ => null,
        };
    }
}
