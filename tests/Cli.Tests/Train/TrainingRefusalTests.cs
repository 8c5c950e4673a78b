namespace MLPipelines.Cli.Tests.Train;

/// <summary>What a user is told when a training cannot be done.</summary>
public sealed class TrainingRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_not_there_is_named_with_its_full_path()
    {
        string message = Train("nowhere/data.csv", "--label-col", "label");
        Assert.Equal($"nowhere/data.csv is not there (looked for {Path.GetFullPath("nowhere/data.csv")}).", message);
    }

    [Fact]
    public void A_missing_label_column_lists_the_columns() =>
        Assert.Equal("--label-col is needed: the column to predict. Its columns are: id, created, channel, language, subject, body, category, priority.", Train(Samples.Tickets));

    [Fact]
    public void A_mistyped_column_is_answered_with_the_near_name()
    {
        Assert.StartsWith($"--label-col: {Samples.Tickets} has no column 'categry'. Did you mean 'category'? Its columns are: id, ", Train(Samples.Tickets, "--label-col", "categry"), StringComparison.Ordinal);
        Assert.Contains("has no column 'Subject'. Did you mean 'subject'?", Train(Samples.Tickets, "--label-col", "category", "--text-col", "Subject"), StringComparison.Ordinal);
        Assert.Contains("--ignore-cols:", Train(Samples.Tickets, "--label-col", "category", "--ignore-cols", "prioriti"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty: expected at least one row.")]
    [InlineData("text,label\n", "has a header and no rows.")]
    [InlineData("text,label\na b,x\nb c,x\n", "has the label x in all 2 rows; expected at least two different labels.")]
    [InlineData("text,label\na b,\nb c,\n", "has no label in any row; expected at least two different labels.")]
    [InlineData("text,label\n,x\n,y\n", "column 'text': found no text in any of 2 rows. Leave it out, or name another column with --text-col.")]
    [InlineData("text,label\na b,x\n\"c d,y\n", "a quote that is opened and never closed")]
    public void Data_that_cannot_be_learned_from_is_told_of(string data, string message) =>
        Assert.Contains(message, Train(_folder.Write("d.csv", data), "--label-col", "label", "--quoting", "true"), StringComparison.Ordinal);

    [Fact]
    public void The_label_is_no_text_column() =>
        Assert.Equal("--text-col: 'label' is the label, which the model must not see.", Train(_folder.Write("d.csv", Samples.Texts()), "--label-col", "label", "--text-col", "label"));

    [Fact]
    public void Numbers_alone_are_no_text() => Assert.Contains("has no column of text besides the label; --text-col NAME takes one anyway.",
        Train(_folder.Write("d.csv", "a,b,label\n1,2,x\n3,4,y\n5,7,x\n"), "--label-col", "label"), StringComparison.Ordinal);

    [Fact]
    public void Settings_that_do_not_exist_list_those_that_do()
    {
        Assert.StartsWith("--set: there is no setting 'kost'. Did you mean 'cost'? The settings are: cost, priorStrength, ", Train(Samples.Tickets, "--label-col", "category", "--set", "kost=1"), StringComparison.Ordinal);
        Assert.Equal("--set cost: found 'much', expected a number, such as cost=0.5.", Train(Samples.Tickets, "--label-col", "category", "--set", "cost=much"));
        Assert.StartsWith("--set: found 'cost', expected key=value", Train(Samples.Tickets, "--label-col", "category", "--set", "cost"), StringComparison.Ordinal);
        Assert.Equal("--set minimumDocumentCount: found 1.5, expected a whole number.", Train(Samples.Tickets, "--label-col", "category", "--set", "minimumDocumentCount=1.5"));
        Assert.Contains("must be a non-negative and non-zero value", Train(Samples.Tickets, "--label-col", "category", "--set", "cost=-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Trainers_that_do_not_exist_list_those_that_do()
    {
        Assert.EndsWith("The trainers are: ngram, nas-bert, bert, textcnn, bilstm, auto.", Train(Samples.Tickets, "--label-col", "category", "--trainer", "magic"), StringComparison.Ordinal);
        Assert.EndsWith("The trainers are: lbfgs, sdca, boosted-trees, random-forest.", CommandRun.Of("train", "classification", "--dataset", Samples.Tickets, "--label-col", "category", "--trainer", "magic").Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Test_rows_come_from_one_place() =>
        Assert.StartsWith("--test-dataset and --split say two different things", Train(Samples.Tickets, "--label-col", "category", "--split", "0.2", "--test-dataset", Samples.Tickets), StringComparison.Ordinal);

    [Fact]
    public void A_place_that_cannot_be_written_is_found_before_training()
    {
        Assert.Equal($"--output: {_folder.Path} is a folder, expected a file.", Train(Samples.Tickets, "--label-col", "category", "--output", _folder.Path));
        string file = _folder.Write("file", "");
        Assert.StartsWith("--output: ", Train(Samples.Tickets, "--label-col", "category", "--output", Path.Combine(file, "model.zip")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_texts_says_what_one_looks_like() =>
        Assert.Contains("expected one sub-folder per label, with one text file per row", Train(_folder.Path), StringComparison.Ordinal);

    [Theory]
    [InlineData("--split", "1.5", "--split: found '1.5', expected a share between 0 and 1, such as 0.2.")]
    [InlineData("--seed", "x", "--seed: found 'x', expected a whole number.")]
    [InlineData("--sep", "abc", "--sep: found 'abc', expected one character, or tab, space, comma, semicolon, pipe.")]
    [InlineData("--has-header", "maybe", "--has-header: found 'maybe', expected true or false.")]
    [InlineData("--datset", "x", "There is no option --datset. Did you mean '--dataset'?")]
    public void Options_say_what_they_expect(string option, string value, string message) =>
        Assert.StartsWith(message, Train(Samples.Tickets, "--label-col", "category", option, value), StringComparison.Ordinal);

    [Fact]
    public void A_number_that_is_none_names_its_row_and_column()
    {
        string data = _folder.Write("d.csv", "a,b,y\n1,2,3\n2,5,4\n3,1,oops\n4,4,5\n");
        Assert.Equal($"{data} row 4, column \"y\": found \"oops\", expected a number.", CommandRun.Of("train", "regression", "--dataset", data, "--label-col", "y").Refused());
        Assert.Contains("holds 'refund', not numbers. 'mlp train classification' predicts labels.", CommandRun.Of("train", "regression", "--dataset", Samples.Tickets, "--label-col", "category").Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_training_leaves_nothing_behind()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var run = CommandRun.With(Stream.Null, cancellation.Token, "train", "text-classification", "--dataset", Samples.Tickets, "--label-col", "category", "--output", _folder["t.zip"]);
        Assert.Equal(130, run.ExitCode);
        Assert.Empty(_folder.Files());
    }

    private static string Train(string dataset, params string[] more) => CommandRun.Of(["train", "text-classification", "--dataset", dataset, .. more]).Refused();
}
