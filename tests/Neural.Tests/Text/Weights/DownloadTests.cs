using System.Security.Cryptography;
using MLPipelines.Pretraining;

namespace MLPipelines.Neural.Tests.Text;

public sealed class DownloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("downloads").FullName;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(300_000);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_was()
    {
        using var server = new LoopbackServer(_content) { BreakAfter = 120_000, Breaks = 2 };
        Assert.Equal(_content, await ReceiveAsync(server));
        Assert.Equal(["", "bytes=120000-", "bytes=240000-"], server.Ranges);
    }

    [Fact]
    public async Task What_another_process_had_downloaded_is_not_downloaded_again()
    {
        using var server = new LoopbackServer(_content) { BreakAfter = 120_000, Breaks = 1 };
        using var stop = new CancellationTokenSource();
        // Ended by the user in the middle.
        var stopping = new ActionProgress(progress =>
        {
            if (progress.Bytes >= 120_000) stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Download(server, stopping).RunAsync(stop.Token));
        Assert.Equal(_content, await ReceiveAsync(server));
        Assert.Equal(["", "bytes=120000-"], server.Ranges);
    }

    [Fact]
    public async Task A_file_that_is_complete_is_only_asked_about()
    {
        using var server = new LoopbackServer(_content) { TellsLength = false };
        using var stop = new CancellationTokenSource();
        var stopping = new ActionProgress(progress =>
        {
            if (progress.Bytes == _content.Length) stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Download(server, stopping).RunAsync(stop.Token));
        Assert.Equal(_content, await ReceiveAsync(server));
        Assert.Equal(["", "bytes=300000-"], server.Ranges);
    }

    [Theory]
    [InlineData(false, "\"first\"")]
    [InlineData(true, null)]
    [InlineData(true, "W/\"weak\"")]
    public async Task A_server_that_cannot_go_on_begins_anew(bool knowsRanges, string? tag)
    {
        using var server = new LoopbackServer(_content) { BreakAfter = 120_000, Breaks = 1, KnowsRanges = knowsRanges, Tag = tag };
        Assert.Equal(_content, await ReceiveAsync(server));
        Assert.Equal(2, server.Ranges.Length);
    }

    [Fact]
    public async Task A_file_that_changed_in_between_is_never_mixed()
    {
        using var server = new LoopbackServer(_content) { BreakAfter = 120_000, Breaks = 1 };
        byte[] other = RandomNumberGenerator.GetBytes(200_000);
        var changing = new ActionProgress(progress =>
        {
            if (progress.Bytes >= 120_000) (server.Content, server.Tag) = (other, "\"second\"");
        });
        Assert.Equal(other, await File.ReadAllBytesAsync(await Download(server, changing).RunAsync(default)));
    }

    [Theory]
    [InlineData("404 Not Found", "There is no file at http://127.0.0.1:{0}/files/model.safetensors: the server answered 404 Not Found. Check the address.")]
    [InlineData("403 Forbidden", "The server does not give out http://127.0.0.1:{0}/files/model.safetensors without signing in: it answered 403 Forbidden. Download it otherwise and add it with --from FILE.")]
    [InlineData("418 I'm a teapot", "http://127.0.0.1:{0}/files/model.safetensors cannot be downloaded: the server answered 418 I'm a teapot.")]
    public async Task An_answer_that_is_no_file_is_told_of(string status, string message)
    {
        using var server = new LoopbackServer(_content) { Status = status };
        string told = (await Assert.ThrowsAsync<MLPipelinesException>(() => Download(server).RunAsync(default))).Message;
        Assert.Equal(message.Replace("{0}", new Uri(server.Address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), told);
        Assert.Single(server.Ranges);
    }

    [Fact]
    public async Task A_server_that_always_breaks_off_is_given_up()
    {
        using var server = new LoopbackServer(_content) { BreakAfter = 0, Breaks = int.MaxValue };
        string told = (await Assert.ThrowsAsync<MLPipelinesException>(() => Download(server).RunAsync(default))).Message;
        Assert.Contains("127.0.0.1 cannot be reached", told, StringComparison.Ordinal);
        Assert.Equal(5, server.Ranges.Length);
    }

    [Fact]
    public async Task No_connection_is_told_of()
    {
        var server = new LoopbackServer(_content);
        string address = server.Address;
        server.Dispose();
        string told = (await Assert.ThrowsAsync<MLPipelinesException>(() => new Download(new Uri(address), "model.safetensors", _folder, null) { Pause = TimeSpan.Zero }.RunAsync(default))).Message;
        Assert.StartsWith("127.0.0.1 cannot be reached: Connection refused", told, StringComparison.Ordinal);
        Assert.EndsWith("add it with --from FILE.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_not_waited_for_forever()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var address = new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}/m.tsm");
        var download = new Download(address, "m.tsm", _folder, null) { Pause = TimeSpan.Zero, Patience = TimeSpan.FromMilliseconds(100) };
        Assert.Contains("no answer came", (await Assert.ThrowsAsync<MLPipelinesException>(() => download.RunAsync(default))).Message, StringComparison.Ordinal);
    }

    private Download Download(LoopbackServer server, IProgress<CacheProgress>? progress = null) => new(new Uri(server.Address), "model.safetensors", _folder, progress) { Pause = TimeSpan.Zero };

    private async Task<byte[]> ReceiveAsync(LoopbackServer server)
    {
        string file = await Download(server).RunAsync(default);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        Assert.Equal(file, Assert.Single(Directory.GetFiles(_folder)));
        return bytes;
    }

    private sealed class ActionProgress(Action<CacheProgress> act) : IProgress<CacheProgress>
    {
        public void Report(CacheProgress value) => act(value);
    }
}
