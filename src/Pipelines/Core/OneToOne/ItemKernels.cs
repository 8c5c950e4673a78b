using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Computes as many items as it is given; items do not depend on each other.</summary>
internal delegate void SpanMap<TSource, TResult>(ReadOnlySpan<TSource> source, Span<TResult> result);

/// <summary>Computes an item from a text; the row that it is in is for messages.</summary>
internal delegate TResult TextMap<out TResult>(ReadOnlySpan<char> text, long row);

/// <summary>Writes an item as one text at the end of a column.</summary>
internal delegate void TextWriterMap<in TSource>(TSource item, TextColumn texts);

/// <summary>
/// Kernels that compute each item of a column, scalar or vector, by itself. Sparse vectors stay sparse when the default item
/// maps to the default.
/// </summary>
internal static class ItemKernels
{
    internal static ColumnKernel Map<TSource, TResult>(int source, bool isVector, SpanMap<TSource, TResult> map)
    {
        if (isVector) return MapVectors(source, map);
        var result = new ValueColumn<TResult>();
        return batch =>
        {
            var values = ((ValueColumn<TSource>)batch[source]).Values;
            map(values, result.Resize(values.Length));
            return result;
        };
    }

    internal static ColumnKernel FromText<TResult>(int source, bool isVector, TextMap<TResult> map)
    {
        if (!isVector)
        {
            var values = new ValueColumn<TResult>();
            return batch =>
            {
                var texts = (TextColumn)batch[source];
                Span<TResult> result = values.Resize(texts.RowCount);
                for (int row = 0; row < result.Length; row++) result[row] = map(texts[row], batch.FirstRow + row);
                return values;
            };
        }
        var vectors = new VectorColumn<TResult>(0);
        return batch =>
        {
            var texts = (TextVectorColumn)batch[source];
            vectors.Reset(texts.Size, isDense: true);
            for (int row = 0; row < texts.RowCount; row++)
            {
                Span<TResult> result = vectors.AppendDense(texts.LengthOf(row));
                for (int i = 0; i < result.Length; i++) result[i] = map(texts[row, i], batch.FirstRow + row);
            }
            return vectors;
        };
    }

    internal static ColumnKernel ToText<TSource>(int source, DataViewType sourceType, TextWriterMap<TSource> map)
    {
        if (sourceType is not VectorDataViewType vector)
        {
            var result = new TextColumn();
            return batch =>
            {
                result.Clear();
                foreach (TSource item in ((ValueColumn<TSource>)batch[source]).Values) map(item, result);
                return result;
            };
        }
        var results = new TextVectorColumn(vector.Size);
        return batch =>
        {
            var vectors = (VectorColumn<TSource>)batch[source];
            results.Clear();
            for (int row = 0; row < vectors.RowCount; row++)
            {
                RowVector<TSource> items = vectors[row];
                int stored = 0;
                for (int i = 0; i < items.Length; i++)
                {
                    bool isStored = items.IsDense || (stored < items.Indices.Length && items.Indices[stored] == i);
                    map(isStored ? items.Values[stored++] : default!, results.Items);
                }
                results.EndRow();
            }
            return results;
        };
    }

    private static ColumnKernel MapVectors<TSource, TResult>(int source, SpanMap<TSource, TResult> map)
    {
        TResult[] ofDefault = new TResult[1];
        map([default!], ofDefault);
        bool keepsSparse = EqualityComparer<TResult>.Default.Equals(ofDefault[0], default);
        var result = new VectorColumn<TResult>(0);
        TResult[] stored = [];
        return batch =>
        {
            var vectors = (VectorColumn<TSource>)batch[source];
            if (vectors.IsDense || keepsSparse)
            {
                map(vectors.Values, result.ResizeLike(vectors));
                return result;
            }
            if (stored.Length < vectors.Values.Length) stored = new TResult[vectors.Values.Length];
            map(vectors.Values, stored);
            result.Reset(vectors.Size, isDense: true);
            Span<TResult> all = result.Resize(vectors.RowCount);
            all.Fill(ofDefault[0]);
            Scatter(vectors, stored, all);
            return result;
        };
    }

    private static void Scatter<TSource, TResult>(VectorColumn<TSource> sparse, TResult[] stored, Span<TResult> all)
    {
        ReadOnlySpan<int> starts = sparse.Starts, indices = sparse.Indices;
        for (int row = 0; row < sparse.RowCount; row++)
            for (int i = starts[row]; i < starts[row + 1]; i++) all[row * sparse.Size + indices[i]] = stored[i];
    }
}
