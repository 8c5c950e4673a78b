using System.Globalization;
using System.Runtime.InteropServices;
using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Adds up what each place of each group gains. Rows are kept in memory, since those of a group may be anywhere.</summary>
internal sealed class RankingTally
{
    private readonly List<Row> _rows = [];
    private readonly double[] _gains;

    private RankingTally(RankingEvaluatorOptions options)
    {
        if (options.DcgTruncationLevel <= 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.DcgTruncationLevel, $"{nameof(options.DcgTruncationLevel)} is at least 1.");
        _gains = options.ParseGains();
        (GainSums, NormalizedGainSums) = (new double[options.DcgTruncationLevel], new double[options.DcgTruncationLevel]);
    }

    internal int RowCount => _rows.Count;

    internal int UnlabeledRowCount { get; private set; }

    internal int GroupCount { get; private set; }

    /// <summary>For each number of places, over the groups.</summary>
    internal double[] GainSums { get; }

    /// <summary>The same of the shares of the best possible gain.</summary>
    internal double[] NormalizedGainSums { get; }

    internal static RankingTally Of(IDataView data, RankingEvaluatorOptions options, string labelColumnName, string rowGroupColumnName, string scoreColumnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        var tally = new RankingTally(options);
        BatchView view = BatchView.Of(data);
        var label = EvaluationColumns.Require(view.Schema, labelColumnName, nameof(labelColumnName));
        if (label.Type is not (KeyDataViewType or NumberDataViewType)) throw EvaluationColumns.Wrong(label, nameof(labelColumnName), "Single or a key");
        var group = EvaluationColumns.Require(view.Schema, rowGroupColumnName, nameof(rowGroupColumnName));
        if (group.Type is not KeyDataViewType)
            throw EvaluationColumns.Wrong(group, nameof(rowGroupColumnName), "a key. Conversion.Hash or MapValueToKey makes one out of any column");
        var score = EvaluationColumns.Require(view.Schema, scoreColumnName, nameof(scoreColumnName));
        if (!EvaluationColumns.IsNumber(score)) throw EvaluationColumns.Wrong(score, nameof(scoreColumnName), "Single");

        int[] groups = RowGroups.Read(view, group);
        using (BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, [label, group, score])))
            while (cursor.Next() is { } batch) tally.Add(batch, label, group, score, groups);
        if (tally.RowCount == 0) throw EvaluationColumns.Empty(labelColumnName, 0, tally.UnlabeledRowCount);
        tally.AddUp();
        return tally;
    }

    private void Add(Batch batch, DataViewSchema.Column label, DataViewSchema.Column group, DataViewSchema.Column score, int[] groups)
    {
        List<float> labels = [], keys = [], scores = EvaluationColumns.Finite(batch, score);
        List<int> rows = [];
        NumberReader.Append(batch[group.Index], group, keys);
        LabelReader.Append(batch[label.Index], label, labels, rows);
        UnlabeledRowCount += batch.RowCount - rows.Count;
        for (int i = 0; i < rows.Count; i++)
        {
            long row = batch.FirstRow + rows[i];
            if (keys[rows[i]] == 0) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"Evaluate: row {row}, column '{group.Name}': the group is missing. MapValueToKey gives no key to groups that it was not trained on; Conversion.Hash gives one to all."));
            if (!(labels[i] >= 0 && labels[i] < _gains.Length) || labels[i] != MathF.Floor(labels[i])) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"Evaluate: row {row}, column '{label.Name}': found the label {labels[i]}, expected a whole number from 0 to {_gains.Length - 1}: one for each gain of {nameof(RankingEvaluatorOptions)}.{nameof(RankingEvaluatorOptions.LabelGains)}."));
            _rows.Add(new Row(groups[row], scores[rows[i]], _gains[(int)labels[i]]));
        }
    }

    private void AddUp()
    {
        double[] discounts = [.. Enumerable.Range(2, GainSums.Length).Select(i => 1 / Math.Log(i))];
        _rows.Sort();
        Span<Row> rows = CollectionsMarshal.AsSpan(_rows);
        for (int start = 0, end; start < rows.Length; start = end)
        {
            for (end = start + 1; end < rows.Length && rows[end].Group == rows[start].Group;) end++;
            AddGroup(rows[start..end], discounts);
        }
    }

    private void AddGroup(ReadOnlySpan<Row> rows, double[] discounts)
    {
        GroupCount++;
        double[] best = new double[rows.Length];
        for (int i = 0; i < best.Length; i++) best[i] = -rows[i].Gain;
        Array.Sort(best);
        double reached = 0, possible = 0;
        for (int i = 0; i < discounts.Length; i++)
        {
            if (i < rows.Length)
            {
                reached += rows[i].Gain * discounts[i];
                possible -= best[i] * discounts[i];
            }
            GainSums[i] += reached;
            NormalizedGainSums[i] += ConfusionMatrix.Ratio(reached, possible);
        }
    }

    /// <summary>By group, then in the order of its places.</summary>
    private readonly record struct Row(int Group, float Score, double Gain) : IComparable<Row>
    {
        public int CompareTo(Row other)
        {
            int order = Group.CompareTo(other.Group);
            if (order == 0) order = other.Score.CompareTo(Score);
            return order != 0 ? order : Gain.CompareTo(other.Gain);
        }
    }
}
