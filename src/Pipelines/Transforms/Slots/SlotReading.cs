using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Learns something about the numbers of each slot.</summary>
internal interface ISlotLearner
{
    /// <summary>The number of slots; with 1, the numbers of all slots of a vector are taken together.</summary>
    int SlotCount { get; }

    /// <summary>Called before the numbers of each row.</summary>
    void StartRow() { }

    void Add(int slot, double value);

    /// <summary>Takes in zeros that sparse rows did not store, after all else.</summary>
    void AddZeros(int slot, long zeros);
}

/// <summary>Reads the numbers of one column, <see cref="float"/> or <see cref="double"/>, into what learns from them. Of text it is read whether it is there: 1 or 0.</summary>
internal abstract class SlotReading(DataViewSchema.Column column, ISlotLearner learner, long maximumRows)
{
    private long _rowsLeft = maximumRows;

    private protected ISlotLearner Learner => learner;

    internal static SlotReading Create(DataViewSchema.Column column, ISlotLearner learner, long maximumRows = long.MaxValue) =>
        RawTypes.ItemTypeOf(column.Type) is TextDataViewType ? new TextSlotReading(column, learner, maximumRows)
            : RawTypes.ItemTypeOf(column.Type).RawType == typeof(float)
            ? new SlotReading<float>(column, learner, maximumRows) : new SlotReading<double>(column, learner, maximumRows);

    /// <summary>Reads several columns in one pass over the data, which ends when none of them wants more rows.</summary>
    internal static void Run(BatchView data, IReadOnlyList<SlotReading> readings, CancellationToken cancellation)
    {
        using (BatchCursor cursor = data.OpenBatches(ColumnSet.Of(data.Schema, readings.Select(r => r.Source))))
        {
            while (readings.Any(r => r._rowsLeft > 0) && cursor.Next() is { } batch)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (SlotReading reading in readings)
                {
                    int rows = (int)Math.Min(batch.RowCount, reading._rowsLeft);
                    reading._rowsLeft -= rows;
                    reading.Add(batch[reading.Source.Index], rows);
                }
            }
        }
        foreach (SlotReading reading in readings) reading.AddZeros();
    }

    private DataViewSchema.Column Source => column;

    private protected abstract void Add(BatchColumn rows, int rowCount);

    private protected abstract void AddZeros();
}

internal sealed class SlotReading<T>(DataViewSchema.Column column, ISlotLearner learner, long maximumRows) : SlotReading(column, learner, maximumRows)
    where T : unmanaged, IFloatingPoint<T>
{
    private readonly long[] _unstored = new long[learner.SlotCount];

    private protected override void Add(BatchColumn rows, int rowCount)
    {
        if (rows is ValueColumn<T> scalars)
        {
            foreach (T value in scalars.Values[..rowCount])
            {
                Learner.StartRow();
                Learner.Add(0, double.CreateTruncating(value));
            }
            return;
        }
        bool together = Learner.SlotCount == 1;
        var vectors = (VectorColumn<T>)rows;
        for (int row = 0; row < rowCount; row++)
        {
            RowVector<T> vector = vectors[row];
            Learner.StartRow();
            for (int i = 0; i < vector.Values.Length; i++)
            {
                int slot = together ? 0 : vector.IsDense ? i : vector.Indices[i];
                Learner.Add(slot, double.CreateTruncating(vector.Values[i]));
                _unstored[slot]--;
            }
            if (together) _unstored[0] += vector.Length;
        }
        if (!together)
            for (int slot = 0; slot < _unstored.Length; slot++) _unstored[slot] += rowCount;
    }

    private protected override void AddZeros()
    {
        for (int slot = 0; slot < _unstored.Length; slot++) Learner.AddZeros(slot, _unstored[slot]);
    }
}

internal sealed class TextSlotReading(DataViewSchema.Column column, ISlotLearner learner, long maximumRows) : SlotReading(column, learner, maximumRows)
{
    private protected override void Add(BatchColumn rows, int rowCount)
    {
        TextColumn texts = rows as TextColumn ?? ((TextVectorColumn)rows).Items;
        for (int i = 0; i < rowCount * Learner.SlotCount; i++) Learner.Add(i % Learner.SlotCount, texts[i].IsEmpty ? 0 : 1);
    }

    private protected override void AddZeros() { }
}
