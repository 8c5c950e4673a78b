using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>The chains that an experiment over a table chooses from.</summary>
internal static class TableCandidates
{
    private const string Features = "Features";

    internal static SweepablePipeline For(MLContext context, TabularExperimentOptions options, PreparedTable table, IDataView data)
    {
        TabularColumns columns = ColumnsOf(options, data);
        if (columns.Used.Count == 0)
        {
            throw new MLPipelinesException($"There is no column to predict '{options.LabelColumn}' from."
                + (columns.Ignored.Count == 0 ? " The data has no other column." : $" Left out: {string.Join("; ", columns.Ignored.Select(c => $"{c.Name} ({c.Reason})"))}."));
        }
        List<SweepablePipeline> chains = [];
        bool hasTexts = options.Task == AutoMLTask.Classification && columns.Texts.Count > 0, isOnlyText = hasTexts && columns.Texts.Count == columns.Used.Count;
        // Where there is nothing but text, other trainers find no more in it, and take much longer.
        if (!isOnlyText || options.Trainers is not null) chains.Add(context.Auto().Featurizer(table.Rows, Information(options, table.Label), Features).Append(Trainers(context, options, table.Label, table.All.ScoreCount)));
        if (hasTexts && IsWanted(options, "LinearSvm"))
        {
            var texts = TextCandidate.Of(context, columns.Texts, table.Label.Column, Features, TextLook.Of(BatchView.Of(table.Parts[0].Test), columns.Texts, table.TrainingRows));
            chains.Add(texts);
        }
        return chains.Count == 1 ? chains[0] : new SweepablePipeline().Append([.. chains]);
    }

    /// <summary>What the columns are good for: as the user says, or as they look.</summary>
    internal static TabularColumns ColumnsOf(TabularExperimentOptions options, IDataView data)
    {
        TabularColumns seen = TabularColumns.Infer(data, options.LabelColumn);
        HashSet<string> left = [.. options.IgnoredColumns], numbers = [.. options.NumericColumns], categories = [.. options.CategoricalColumns], texts = [.. options.TextColumns];
        if (options.GroupColumn is { } group) left.Add(group);
        foreach (string name in left.Concat(numbers).Concat(categories).Concat(texts))
            if (data.Schema.GetColumnOrNull(name) is null) throw new ArgumentOutOfRangeException(nameof(options), $"Column '{name}' not found. The columns are: {data.Schema}.");
        // A vector of numbers is as good as its numbers.
        IEnumerable<string> vectors = data.Schema.Where(column => !column.IsHidden && column.Name != options.LabelColumn && column.Type is VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType or BooleanDataViewType }).Select(column => column.Name);
        return new TabularColumns(Pick(seen.Numbers.Concat(vectors), numbers), Pick(seen.Categories, categories), Pick(seen.Texts, texts), [.. seen.Ignored.Where(column => !IsNamed(column.Name))])
        {
            Dates = [.. seen.Dates.Where(name => !left.Contains(name) && !IsNamed(name))],
        };

        string[] Pick(IEnumerable<string> looked, HashSet<string> named) => [.. looked.Where(name => !left.Contains(name) && (named.Contains(name) || !IsNamed(name))).Union(named.Where(name => !left.Contains(name)))];

        bool IsNamed(string name) => numbers.Contains(name) || categories.Contains(name) || texts.Contains(name);
    }

    private static ColumnInformation Information(TabularExperimentOptions options, TableLabel label)
    {
        var information = new ColumnInformation { LabelColumnName = label.Column };
        Add(information.NumericColumnNames, options.NumericColumns);
        Add(information.CategoricalColumnNames, options.CategoricalColumns);
        Add(information.TextColumnNames, options.TextColumns);
        Add(information.IgnoredColumnNames, options.IgnoredColumns.Concat(((string?[])[options.LabelColumn, label.TruthColumn, options.GroupColumn, label.GroupColumn]).OfType<string>()).Distinct());
        return information;

        static void Add(ICollection<string> names, IEnumerable<string> more)
        {
            foreach (string name in more) names.Add(name);
        }
    }

    private static SweepablePipeline Trainers(MLContext context, TabularExperimentOptions options, TableLabel label, int classes)
    {
        AutoCatalog auto = context.Auto();
        bool gbm = IsWanted(options, "LightGbm"), fast = IsWanted(options, "FastTree"), forest = IsWanted(options, "FastForest"), lbfgs = IsWanted(options, "Lbfgs"), sdca = IsWanted(options, "Sdca");
        if (options.Task == AutoMLTask.Ranking) return auto.Ranking(label.Column, Features, label.GroupColumn!, useLgbm: gbm, useFastTree: fast);
        if (options.Task == AutoMLTask.Regression)
            return auto.Regression(label.Column, Features, useFastForest: forest, useLgbm: gbm, useFastTree: fast, useLbfgsPoissonRegression: lbfgs && options.Trainers is not null, useSdca: sdca);
        if (label.TruthColumn is { } truth) return auto.BinaryClassification(truth, Features, useFastForest: forest, useLgbm: gbm, useFastTree: fast, useLbfgsLogisticRegression: lbfgs, useSdcaLogisticRegression: sdca);
        // One forest per class takes long where there are many.
        bool isMany = classes > 30 && options.Trainers is null;
        return auto.MultiClassification(label.Column, Features, useFastForest: forest && !isMany, useLgbm: gbm, useFastTree: fast && !isMany, useLbfgsMaximumEntrophy: lbfgs,
            useLbfgsLogisticRegression: false, useSdcaMaximumEntrophy: sdca, useSdcaLogisticRegression: false);
    }

    private static bool IsWanted(TabularExperimentOptions options, string trainer) =>
        options.Trainers is null || options.Trainers.Any(name => name.StartsWith(trainer, StringComparison.OrdinalIgnoreCase) || trainer.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
