namespace MLPipelines.Server.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal TemporaryFolder() => Directory.CreateDirectory(Path);

    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mlp-serve-{Guid.NewGuid():n}");

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal string Copy(string file, string name)
    {
        // As models are written: beside their place, then by one rename.
        string beside = this[$"{name}.{Guid.NewGuid():n}.tmp"];
        File.Copy(file, beside);
        File.Move(beside, this[name], overwrite: true);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
