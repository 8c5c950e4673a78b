using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MLPipelines.Neural.Tests.Text;

/// <summary>A web server on the loopback address with one file, which can be told to misbehave.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];

    internal LoopbackServer(byte[] content)
    {
        Content = content;
        _listener.Start();
        _ = ServeAsync();
    }

    internal byte[] Content { get; set; }

    /// <summary>As in the header; <see langword="null"/> for none.</summary>
    internal string? Tag { get; set; } = "\"first\"";

    /// <summary>After so many bytes of its body an answer ends, as often as <see cref="Breaks"/> says.</summary>
    internal int BreakAfter { get; set; } = int.MaxValue;

    internal int Breaks { get; set; }

    internal bool KnowsRanges { get; set; } = true;

    internal bool TellsLength { get; set; } = true;

    internal string Status { get; set; } = "200 OK";

    internal string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/files/model.safetensors");

    /// <summary>The ranges that were asked for; empty for all of the file.</summary>
    internal string[] Ranges
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // Stopped, or the client went away.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        string[] lines = await ReadHeadAsync(stream);
        string range = HeaderOf(lines, "Range"), condition = HeaderOf(lines, "If-Range");
        lock (_requests) _requests.Add(range);
        int start = range.Length > 0 && KnowsRanges && condition == Tag ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        bool isBeyond = start > 0 && start >= Content.Length;
        byte[] body = Status != "200 OK" || isBeyond ? [] : Content[start..];
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {(isBeyond ? "416 Range Not Satisfiable" : start > 0 ? "206 Partial Content" : Status)}\r\nConnection: close\r\n");
        if (Tag is not null) head.Append(CultureInfo.InvariantCulture, $"ETag: {Tag}\r\n");
        if (isBeyond) head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes */{Content.Length}\r\n");
        else if (start > 0) head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {start}-{Content.Length - 1}/{Content.Length}\r\n");
        if (TellsLength) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        bool breaks = body.Length > BreakAfter && Breaks-- > 0;
        await stream.WriteAsync(breaks ? body.AsMemory(0, BreakAfter) : body);
    }

    private static async Task<string[]> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1) text.Append((char)one[0]);
        return text.ToString().Split("\r\n");
    }

    private static string HeaderOf(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase)) is { } line ? line[(name.Length + 2)..] : "";
}
