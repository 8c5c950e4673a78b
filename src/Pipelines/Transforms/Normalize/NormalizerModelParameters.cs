using System.Collections.Immutable;

namespace MLPipelines.Transforms;

public sealed partial class NormalizingTransformer
{
    /// <summary>What was learned of a column, counted from 0 in the order that the columns were given.</summary>
    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Mappings.Count);
        return Mappings[index].ToParameters();
    }

    /// <summary>What was learned of a column.</summary>
    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase() { }
    }

    /// <summary>x becomes <c>(x − Offset) · Scale</c>.</summary>
    /// <typeparam name="TData"><see cref="float"/> or <see cref="double"/>, or an immutable array of these for a vector.</typeparam>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset) => (Scale, Offset) = (scale, offset);

        public TData Scale { get; }

        public TData Offset { get; }
    }

    /// <summary>x becomes the share of a normal distribution that is less than x.</summary>
    /// <typeparam name="TData"><see cref="float"/> or <see cref="double"/>, or an immutable array of these for a vector.</typeparam>
    public sealed class CdfNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal CdfNormalizerModelParameters(TData mean, TData standardDeviation, bool useLog) =>
            (Mean, StandardDeviation, UseLog) = (mean, standardDeviation, useLog);

        public TData Mean { get; }

        public TData StandardDeviation { get; }

        /// <summary>Whether the logarithm of x is taken first.</summary>
        public bool UseLog { get; }
    }

    /// <summary>x becomes <c>bin(x) / Density − Offset</c>, where bin(x) counts the upper bounds that are less than x.</summary>
    /// <typeparam name="TData"><see cref="float"/> or <see cref="double"/>, or an immutable array of these for a vector.</typeparam>
    public sealed class BinNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal BinNormalizerModelParameters(ImmutableArray<TData> upperBounds, TData density, TData offset) =>
            (UpperBounds, Density, Offset) = (upperBounds, density, offset);

        /// <summary>The numbers up to which the bins go, rising; infinity for the last. For a vector, those of each slot.</summary>
        public ImmutableArray<TData> UpperBounds { get; }

        /// <summary>The number of the last bin, counted from 0; 1 where there is one bin only.</summary>
        public TData Density { get; }

        /// <summary>What is taken off so that 0 stays 0.</summary>
        public TData Offset { get; }
    }
}
