using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// The columns that a mapper adds to a view of one row that an engine fills again and again: the mapper keeps its state from one row to the
/// next, whether its columns are read or not.
/// </summary>
internal sealed class FollowingView(BatchView source, SequentialMapper mapper, FollowingView.Turn turn) : BatchView
{
    /// <summary>What the engine is asked for now; shared by all steps of its chain.</summary>
    internal sealed class Turn
    {
        /// <summary>Whether there is a row, or a forecast without one is wanted.</summary>
        internal bool HasRow { get; set; }

        internal ForecastRequest Request { get; set; }
    }

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        int inputCount = source.Schema.Count;
        return new Cursor(source.OpenBatches(ColumnSet.Of(source.Schema, columns.Indices().Where(index => index < inputCount).Concat(mapper.Sources))), mapper, turn);
    }

    private sealed class Cursor(BatchCursor source, SequentialMapper mapper, Turn turn) : BatchCursor
    {
        private readonly Batch _output = new(mapper.OutputSchema.Count);
        private readonly BatchColumn[] _added = [.. mapper.OutputSchema.Skip(mapper.InputCount).Select(column => BatchColumn.Create(column.Type))];

        public override Batch? Next()
        {
            if (source.Next() is not { } input) return null;
            _output.Share(input);
            foreach (BatchColumn column in _added) column.Clear();
            if (turn.HasRow) mapper.Follow(input, 0, _added, turn.Request);
            else mapper.Forecast(_added, turn.Request);
            for (int i = 0; i < _added.Length; i++) _output[mapper.InputCount + i] = _added[i];
            return _output;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
