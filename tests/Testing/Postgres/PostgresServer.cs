using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace MLPipelines.Testing;

/// <summary>
/// A PostgreSQL server for one test process: its own cluster in a temporary folder, on a free loopback port. It is started
/// when it is first asked for and ends with the process, however that ends.
/// </summary>
public sealed class PostgresServer
{
    private const string SuperUser = "postgres";

    private static readonly string? Binaries = FindBinaries();

    private static readonly Lazy<PostgresServer> Started = new(() => new PostgresServer());

    private static int databases;

    private readonly string _folder;
    private readonly int _port;

    // Kept, since a process object that nobody holds closes the input of its process.
    private readonly Process _shell;

    private PostgresServer()
    {
        _folder = Run("mktemp", "-d", "/tmp/mlpipelines-postgres-XXXXXX").Trim();
        string data = Path.Combine(_folder, "data");
        Run(Tool("initdb"), "-D", data, "-U", SuperUser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        _port = FreePort();
        string[] server = [Tool("postgres"), "-D", data, "-h", "127.0.0.1", "-k", "", "-p", Text(_port), "-c", "fsync=off", "-c", "max_connections=200"];
        // The shell waits for its input to close, which happens with the end of this process, and then stops the server.
        _shell = Start("sh", ["-c", "folder=$1; shift; \"$@\" >\"$folder/log\" 2>&1 & server=$!; read -r end; kill -QUIT $server; wait $server; rm -rf \"$folder\"", "sh", _folder, .. server]);
        WaitUntilReady(data);
    }

    /// <summary>The server of this process.</summary>
    public static PostgresServer Shared => Started.Value;

    /// <summary>Why there is no server; <see langword="null"/> where there can be one.</summary>
    public static string? WhyAbsent =>
        Binaries is null ? "PostgreSQL is not on this machine: neither /usr/lib/postgresql/*/bin nor PATH has initdb (apt-get install postgresql)." : null;

    /// <summary>Makes an empty database that no other test uses, and gives its connection string.</summary>
    public string CreateDatabase()
    {
        string name = "test" + Text(Interlocked.Increment(ref databases));
        Run(Tool("createdb"), "-h", "127.0.0.1", "-p", Text(_port), "-U", SuperUser, name);
        // No pool: a connection that a test leaves open is not kept for the next one.
        return string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={SuperUser};Database={name};Pooling=false");
    }

    private void WaitUntilReady(string data)
    {
        string status = Path.Combine(data, "postmaster.pid");
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60); Thread.Sleep(20))
        {
            if (_shell.HasExited) break;
            if (File.Exists(status) && File.ReadAllText(status).TrimEnd().EndsWith("ready", StringComparison.Ordinal)) return;
        }
        string log = Path.Combine(_folder, "log");
        throw new InvalidOperationException($"PostgreSQL did not start. {(File.Exists(log) ? File.ReadAllText(log) : "")}");
    }

    private static string Tool(string name) => Path.Combine(Binaries ?? throw new InvalidOperationException(WhyAbsent), name);

    private static string Run(string command, params string[] arguments)
    {
        using Process process = Start(command, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {errors.Result}");
    }

    /// <summary>Starts a program as a user that PostgreSQL runs for: it refuses to be root.</summary>
    private static Process Start(string command, IEnumerable<string> arguments)
    {
        string[] asUser = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", command] : [command];
        var start = new ProcessStartInfo(asUser[0], [.. asUser[1..], .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        return Process.Start(start)!;
    }

    private static string? FindBinaries()
    {
        if (OperatingSystem.IsWindows()) return null;
        IEnumerable<string> packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int version) ? version : 0).Select(path => Path.Combine(path, "bin"))
            : [];
        string[] onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return packaged.Concat(onPath).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A test with a PostgreSQL server; skipped, with the reason, where none can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.WhyAbsent;
}
