namespace MLPipelines.Pretraining;

/// <summary>Room on disks.</summary>
internal static class DiskSpace
{
    // ENOSPC and EDQUOT of Linux and macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] Full = [28, 69, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    internal static bool IsFull(IOException exception) => Array.IndexOf(Full, exception.HResult) >= 0;

    /// <exception cref="MLPipelinesException">A file does not fit on the disk of a folder.</exception>
    internal static void Expect(string folder, string file, long bytes)
    {
        long free;
        try
        {
            free = new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // A disk that does not say; writing will show.
            return;
        }
        if (bytes > free) throw new MLPipelinesException($"There is no room on the disk of {folder}: {file} needs {bytes / 1e6:0.0} MB more, {free / 1e6:0.0} MB are free. {ModelCache.Variable} names a folder elsewhere.");
    }
}
