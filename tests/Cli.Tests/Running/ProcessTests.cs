using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MLPipelines.Cli.Tests;

/// <summary>The command as a process of its own.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_predict_and_pipe_work_in_a_shell()
    {
        string data = _folder.Write("d.csv", Samples.Texts());
        var trained = CommandProcess.Run(null, "train", "text-classification", "--dataset", data, "--label-col", "label", "--output", _folder["m.zip"], "--json");
        Assert.Equal(0, trained.ExitCode);
        using JsonDocument json = JsonDocument.Parse(trained.LastLine);
        Assert.Equal("train", json.RootElement.GetProperty("command").GetString());
        var predicted = CommandProcess.Run("text,n\n苹果 apple,1\nsaw,2\n", "predict", _folder["m.zip"], "--dataset", "-");
        Assert.Equal(0, predicted.ExitCode);
        Assert.StartsWith("text,n,PredictedLabel,Probability\n苹果 apple,1,fruit,", predicted.Out, StringComparison.Ordinal);
        Assert.Equal(2, CommandProcess.Run(null, "predict", "no.zip", "--dataset", data).ExitCode);
    }

    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        string data = _folder.Write("d.csv", Samples.Texts());
        Assert.Equal(0, CommandProcess.Run(null, "train", "text-classification", "--dataset", data, "--label-col", "label", "--output", _folder["m.zip"]).ExitCode);
        double few = PeakOf(30_000), many = PeakOf(600_000);
        Assert.True(many < few + 60, $"{few} MB with 30,000 rows, {many} MB with 600,000");
    }

    [Fact]
    public void A_reader_that_has_enough_ends_the_command()
    {
        if (OperatingSystem.IsWindows()) return;
        string data = _folder.Write("d.csv", Samples.Texts());
        Assert.Equal(0, CommandProcess.Run(null, "train", "text-classification", "--dataset", data, "--label-col", "label", "--output", _folder["m.zip"]).ExitCode);
        WriteRows("big.csv", 400_000);
        using Process process = CommandProcess.Start("predict", _folder["m.zip"], "--dataset", _folder["big.csv"]);
        process.StandardInput.Close();
        Assert.NotNull(process.StandardOutput.ReadLine());
        process.StandardOutput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("400,000 rows predicted in", error, StringComparison.Ordinal);
    }

    private double PeakOf(int rows)
    {
        WriteRows("big.csv", rows);
        var run = CommandProcess.Run(null, "predict", _folder["m.zip"], "--dataset", _folder["big.csv"], "--output", _folder["out.csv"], "--json");
        Assert.Equal(0, run.ExitCode);
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal(rows, json.RootElement.GetProperty("rows").GetProperty("predicted").GetInt32());
        return json.RootElement.GetProperty("peakMemoryMB").GetDouble();
    }

    private void WriteRows(string name, int rows)
    {
        using var writer = new StreamWriter(_folder[name]);
        writer.Write("n,text\n");
        for (int i = 0; i < rows; i++) writer.Write(string.Create(CultureInfo.InvariantCulture, $"{i},an apple and a pear or a saw and a hammer {i}\n"));
    }
}
