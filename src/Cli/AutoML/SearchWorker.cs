using MLPipelines.AutoML;
using MLPipelines.AutoML.Runs;
using MLPipelines.AutoML.Runs.Work;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Cli.Train;

namespace MLPipelines.Cli.AutoML;

/// <summary><c>mlp automl worker</c>: runs trials of searches that share them through a run store. It keeps the data of the search that it worked for last.</summary>
internal sealed class SearchWorker(CommandHost host, string? location, string? dataFolder, double? patience, double? lease)
{
    private string? _search;
    private ITrialRunner? _runner;

    internal int Run()
    {
        if (RunStoreLocation.IsNone(location)) throw new UsageException("--store is needed: the run store that searches share their trials through.");
        using RunStore store = RunStore.Open(location);
        string name = TrialWorker.NewName();
        var worker = new TrialWorker(store, name, Open)
        {
            Patience = patience is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Times = lease is { } silent ? new TrialQueueTimes { Lease = TimeSpan.FromSeconds(silent) } : new(),
            Say = host.Error.WriteLine,
        };
        host.Error.WriteLine($"Worker {name} takes trials from {store.Location}. Ctrl+C ends it.");
        worker.Run(host.Cancellation);
        _runner?.Dispose();
        host.Error.WriteLine($"{Figures.Count(worker.Done, "trial")} done.");
        return Faults.Success;
    }

    private ITrialRunner Open(string search)
    {
        if (search == _search && _runner is not null) return _runner;
        _runner?.Dispose();
        (_runner, _search) = (null, search);
        var (arguments, sha256) = SearchDefinition.Read(search);
        string path = Find(arguments.Dataset);
        string? found = FileHash.Start(path, host.Cancellation).GetAwaiter().GetResult();
        if (found != sha256) throw new MLPipelinesException($"{path} is not the file that the search has: its SHA-256 is {found}, expected {sha256}");
        using ProgressDisplay progress = new Silence();
        return _runner = new AutoMLTraining(host, arguments with { Dataset = path }).OpenRunner(progress);
    }

    private string Find(string path)
    {
        if (File.Exists(path)) return path;
        if (dataFolder is not null && Path.Combine(dataFolder, Path.GetFileName(path.Replace('\\', '/'))) is var here && File.Exists(here)) return here;
        throw new MLPipelinesException($"its data {path} is not here{(dataFolder is null ? "; --data-folder names a folder to look in" : $", nor in {dataFolder}")}");
    }

    /// <summary>What is to be told of the data, the process that searches has told.</summary>
    private sealed class Silence : ProgressDisplay
    {
        internal override void Stage(string text) { }

        internal override void Note(string text) { }

        internal override void Count(string text) { }

        protected override void Dispose(bool disposing) { }
    }
}
