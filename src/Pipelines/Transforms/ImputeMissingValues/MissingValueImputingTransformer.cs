using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Fills missing numbers from the others of the row; see <see cref="MissingValueImputingEstimator"/>.</summary>
public sealed class MissingValueImputingTransformer : OneToOneTransformer<ImputedColumn>
{
    internal const string StepName = "impute-missing-values";

    internal MissingValueImputingTransformer(IReadOnlyList<ImputedColumn> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static MissingValueImputingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, ImputedColumn.Load));
}

/// <summary>The equations that fill one column.</summary>
public abstract class ImputedColumn : ColumnMapping
{
    private protected ImputedColumn(InputOutputColumnPair columns) : base(columns) { }

    internal static ImputedColumn Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        DataViewType type = DataViewTypeNames.Parse(reader.GetString("type"));
        if (type is not VectorDataViewType { IsKnownSize: true } vector) throw reader.Invalid($"numbers of type {type}");
        RidgeImputation imputation = RidgeImputation.Load(reader, vector.Size);
        if (vector.ItemType.RawType == typeof(float)) return new ImputedColumn<float>(columns, type, imputation);
        return vector.ItemType.RawType == typeof(double) ? new ImputedColumn<double>(columns, type, imputation) : throw reader.Invalid($"numbers of type {type}");
    }
}

internal sealed class ImputedColumn<T>(InputOutputColumnPair columns, DataViewType type, RidgeImputation imputation) : ImputedColumn(columns)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        bool fits = RawTypes.ItemTypeOf(input.Type).RawType == typeof(T) && (input.Type as VectorDataViewType)?.Size == imputation.SlotCount;
        if (!fits) throw ColumnTypeException.Create(MissingValueImputingTransformer.StepName, input, $"{type} as in training");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, MissingValueReplacement.Keeps);
        return new OutputColumn(Columns.OutputColumnName, input.Type, annotations.ToAnnotations(), [input.Index], () => CreateKernel(input.Index));
    }

    private ColumnKernel CreateKernel(int source)
    {
        var result = new VectorColumn<T>(imputation.SlotCount);
        double[] row = new double[imputation.SlotCount], scaled = new double[row.Length];
        return batch =>
        {
            var vectors = (VectorColumn<T>)batch[source];
            Span<T> filled = result.ResizeLike(vectors);
            vectors.Values.CopyTo(filled);
            for (int i = 0; i < vectors.RowCount; i++)
            {
                RowVector<T> vector = vectors[i];
                if (!vector.Values.Contains(T.NaN)) continue;
                SlotNumbers.Read(vector, row);
                imputation.Fill(row, scaled);
                // What a sparse row does not store is 0, and not missing.
                Span<T> items = filled.Slice(vectors.Starts[i], vector.Values.Length);
                for (int j = 0; j < items.Length; j++)
                    if (T.IsNaN(items[j])) items[j] = T.CreateSaturating(row[vector.IsDense ? j : vector.Indices[j]]);
            }
            return result;
        };
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("type", DataViewTypeNames.Format(type));
        imputation.Save(writer);
    }
}
