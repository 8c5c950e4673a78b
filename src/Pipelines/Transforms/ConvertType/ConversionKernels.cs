using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The computations of <see cref="TypeConvertingEstimator"/>, which says what converts how.</summary>
internal static class ConversionKernels
{
    internal static ColumnKernel Create(DataViewSchema.Column input, PrimitiveDataViewType source, PrimitiveDataViewType target)
    {
        if (source.RawType == target.RawType && source is not KeyDataViewType) return batch => batch[input.Index];
        if (source is TextDataViewType) return TextConversions.FromText(input, target);
        if (target is TextDataViewType) return TextConversions.ToText(input, source);
        bool isVector = input.Type is VectorDataViewType;
        int index = input.Index;
        return source switch
        {
            BooleanDataViewType => NumberTypes.Dispatch(target, new FromBoolean(index, isVector)),
            DateTimeDataViewType => NumberTypes.Dispatch(target, new FromTicks<DateTime>(index, isVector, time => time.Ticks)),
            DateTimeOffsetDataViewType => NumberTypes.Dispatch(target, new FromTicks<DateTimeOffset>(index, isVector, time => time.UtcTicks)),
            TimeSpanDataViewType => NumberTypes.Dispatch(target, new FromTicks<TimeSpan>(index, isVector, time => time.Ticks)),
            _ when target is BooleanDataViewType => NumberTypes.Dispatch(source, new ToBoolean(index, isVector)),
            _ => NumberTypes.Dispatch(source, new FromNumber(index, isVector, target, source is KeyDataViewType && target is not KeyDataViewType)),
        };
    }

    private sealed class FromNumber(int source, bool isVector, PrimitiveDataViewType target, bool zeroIsMissing) : NumberTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
            NumberTypes.Dispatch(target, new BetweenNumbers<T>(source, isVector, zeroIsMissing));
    }

    private sealed class BetweenNumbers<TSource>(int source, bool isVector, bool zeroIsMissing) : NumberTypes.IVisitor<ColumnKernel>
        where TSource : unmanaged, INumber<TSource>
    {
        public ColumnKernel Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            if (!zeroIsMissing) return ItemKernels.Map<TSource, T>(source, isVector, TensorPrimitives.ConvertSaturating);
            T missing = MissingValue.Of<T>();
            return ItemKernels.Map<TSource, T>(source, isVector, (values, result) =>
            {
                for (int i = 0; i < values.Length; i++) result[i] = values[i] == TSource.Zero ? missing : T.CreateSaturating(values[i]);
            });
        }
    }

    private sealed class FromBoolean(int source, bool isVector) : NumberTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => ItemKernels.Map<bool, T>(source, isVector, (values, result) =>
        {
            for (int i = 0; i < values.Length; i++) result[i] = values[i] ? T.One : T.Zero;
        });
    }

    private sealed class ToBoolean(int source, bool isVector) : NumberTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => ItemKernels.Map<T, bool>(source, isVector, (values, result) =>
        {
            for (int i = 0; i < values.Length; i++) result[i] = values[i] != T.Zero && !T.IsNaN(values[i]);
        });
    }

    private sealed class FromTicks<TTime>(int source, bool isVector, Func<TTime, long> ticks) : NumberTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => ItemKernels.Map<TTime, T>(source, isVector, (values, result) =>
        {
            for (int i = 0; i < values.Length; i++) result[i] = T.CreateSaturating(ticks(values[i]));
        });
    }
}
