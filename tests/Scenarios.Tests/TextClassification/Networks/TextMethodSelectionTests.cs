using MLPipelines.Scenarios.TextClassification;

namespace MLPipelines.Scenarios.Tests.TextClassification.Networks;

public sealed class TextMethodSelectionTests
{
    [Theory]
    [InlineData(0.90, 0.89, 1000, TextMethod.Ngram)]
    [InlineData(0.90, 0.905, 1000, TextMethod.Ngram)]
    [InlineData(0.90, 0.911, 1000, TextMethod.TextCnn)]
    [InlineData(0.90, 0.905, 10_000, TextMethod.TextCnn)]
    public void A_network_wins_by_more_than_one_standard_error(double ngram, double network, int rows, TextMethod expected)
    {
        // √(0.9 · 0.1 / 1000) = 0.0095, of 10,000 rows 0.003.
        TextMethodResult[] compared = [new(TextMethod.Ngram, ngram, 1), new(TextMethod.TextCnn, network, 1)];
        Assert.Equal(expected, TextMethodSelection.Choose(compared, rows));
    }

    [Fact]
    public void The_model_has_learned_from_all_rows_by_the_method_that_was_chosen()
    {
        var context = new MLContext(1);
        IDataView rows = SampleTexts.View(context, SampleTexts.Make(200, seed: 1));
        var ngram = new TextClassificationOptions();
        TextMethodComparison result = new TextMethodSelection(context, ngram, new TextNetworkOptions { Adjust = options => options.MaxEpoch = 1 }).Train(rows);
        Assert.Equal(30, result.HeldOutRows, 5.0);
        Assert.Equal(TextMethod.Ngram, result.Chosen);
        Assert.Contains(TextMethod.TextCnn, result.Compared.Select(compared => compared.Method));
        Assert.All(result.Compared, compared => Assert.InRange(compared.Accuracy, 0, 1));
        TextClassificationResult alone = new TextClassificationTrainer(new MLContext(1), ngram).Train(rows);
        Assert.Equal(TextClassifier.Of(context, alone, rows.Schema).Predict("my parcel is late").Ranked, TextClassifier.Of(context, result.Ngram!, rows.Schema).Predict("my parcel is late").Ranked);
    }

    [Fact]
    public void Networks_do_not_read_three_columns_and_that_is_said()
    {
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromEnumerable(SampleTexts.Make(120, seed: 2).Select(row => new Three { A = row.Text, Label = row.Label }));
        string[] columns = ["A", "B", "C"];
        TextMethodComparison result = new TextMethodSelection(context, new TextClassificationOptions { TextColumns = columns }, new TextNetworkOptions { TextColumns = columns }).Train(rows);
        Assert.Equal([TextMethod.Ngram], result.Compared.Select(compared => compared.Method));
        Assert.Equal(["Networks read at most two columns of text, not 3."], result.Left);
    }

    private sealed class Three
    {
        public string A { get; init; } = "";

        public string B { get; init; } = "";

        public string C { get; init; } = "";

        public string Label { get; init; } = "";
    }
}
