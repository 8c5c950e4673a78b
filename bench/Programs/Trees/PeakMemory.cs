namespace MLPipelines.Programs.Trees;

/// <summary>Looks at the size of the managed heap every few milliseconds: what is in use, and what is no longer but was not collected yet.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _ended;

    internal PeakMemory()
    {
        _thread = new Thread(Look) { IsBackground = true };
        _thread.Start();
    }

    internal long Peak { get; private set; }

    private void Look()
    {
        while (!_ended)
        {
            Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: false));
            Thread.Sleep(2);
        }
    }

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
    }
}
