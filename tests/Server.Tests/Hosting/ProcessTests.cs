using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MLPipelines.Server.Tests;

/// <summary><c>mlp serve</c> as a process of its own.</summary>
public sealed partial class ProcessTests
{
    [Fact]
    public async Task The_process_answers_and_when_it_is_asked_to_end_finishes_what_it_accepted()
    {
        using Process process = Start("serve", TrainedModels.OneText, "--port", "0");
        Uri url = await UrlAsync(process);
        using var client = new HttpClient { BaseAddress = url };
        using var content = new StringContent("[\"Where is my parcel?\"]", MediaTypeHeaderValue.Parse("application/json"));
        using HttpResponseMessage response = await client.PostAsync(new Uri("/models/bodies/predict", UriKind.Relative), content);
        Assert.Equal("delivery", JsonNode.Parse(await response.Content.ReadAsStringAsync())!["predictions"]![0]!["label"]!.GetValue<string>());
        // A request whose body is under way when the process is asked to end.
        using var slow = new TcpClient();
        await slow.ConnectAsync(url.Host, url.Port);
        NetworkStream stream = slow.GetStream();
        await stream.WriteAsync("POST /models/bodies/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n[\""u8.ToArray());
        await Task.Delay(300);
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await Task.Delay(500);
        Assert.False(process.HasExited);
        await stream.WriteAsync("a\"]"u8.ToArray());
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("There is no model file or folder no-such.zip.", "serve", "no-such.zip")]
    [InlineData("--host: found 'example', expected an address such as 127.0.0.1, 0.0.0.0 for all, or localhost.", "serve", ".", "--host", "example")]
    [InlineData("--port: found 'http', expected a whole number of at least 0. See 'mlp serve --help'.", "serve", ".", "--port", "http")]
    public void What_cannot_be_served_is_said_before_anything_listens(string message, params string[] args)
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(2, Cli.Program.Run(args, new Cli.CommandHost(output, error)));
        Assert.Equal($"mlp: {message}", error.ToString().Trim());
    }

    [Fact]
    public void A_file_that_is_no_model_is_not_served()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.zip"], "no zip");
        using StringWriter output = new(), error = new();
        Assert.Equal(2, Cli.Program.Run(["serve", folder["m.zip"], "--port", "0"], new Cli.CommandHost(output, error)));
        Assert.Contains("m.zip is not a model file", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<Uri> UrlAsync(Process process)
    {
        _ = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (Listening().Match(line) is not { Success: true } found) continue;
            _ = process.StandardError.ReadToEndAsync();
            return new Uri(found.Groups["url"].Value);
        }
        throw new InvalidOperationException("The process ended.");
    }

    private static Process Start(params string[] args)
    {
        // The command is built beside the tests.
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string arg in (string[])["exec", "--depsfile", Path.ChangeExtension(typeof(ProcessTests).Assembly.Location, ".deps.json"), Path.Combine(AppContext.BaseDirectory, "mlp.dll"), .. args]) start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    [GeneratedRegex(" at (?<url>http://\\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
