using MLPipelines.Data;

namespace MLPipelines.Architecture.Tests;

public class ReadmeCommandTests
{
    private static readonly IReadOnlyList<string> Commands = Fences.Of("README.md", "shell");

    [Fact]
    public void The_readme_has_two_commands_and_the_second_runs_the_tests()
    {
        Assert.Equal(2, Commands.Count);
        Assert.Equal("dotnet test -c Release", Commands[1]);
    }

    [BashFact]
    public async Task The_first_command_labels_the_new_tickets()
    {
        var (exitCode, output, error) = await Shell.RunAsync(Commands[0], Repository.Root, TimeSpan.FromMinutes(5));
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{error}");

        // The labelled rows come last, after what the training says of itself.
        int start = output.IndexOf("id,created,", StringComparison.Ordinal);
        Assert.True(start >= 0, output);
        string table = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(table, output[start..]);
            Assert.Equal(Column("data/new-tickets.csv", "id"), Column(table, "id"));
            string[] labels = Column(table, "PredictedLabel"), known = [.. Column("data/support-tickets.csv", "category").Distinct(StringComparer.Ordinal)];
            Assert.Equal(8, known.Length);
            Assert.All(labels, label => Assert.Contains(label, known));
            Assert.True(labels.Distinct(StringComparer.Ordinal).Count() > 4, $"The labels are {string.Join(", ", labels)}.");
        }
        finally
        {
            File.Delete(table);
        }
    }

    private static string[] Column(string file, string name)
    {
        IDataView rows = new MLContext().Data.LoadFromTextFile(Path.Combine(Repository.Root, file), new TextLoader.Options
        {
            Columns = [new TextLoader.Column { Name = name, DataKind = DataKind.String, SourceNames = [name] }],
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
        });
        return [.. rows.GetColumn<string>(name)];
    }
}
