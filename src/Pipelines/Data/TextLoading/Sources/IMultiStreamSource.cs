namespace MLPipelines.Data;

/// <summary>A list of files or other streams that are read one after the other. Each can be opened again.</summary>
public interface IMultiStreamSource
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>What one is called in messages; <see langword="null"/> when it has no name.</summary>
    string? GetPathOrNull(int index);

    /// <summary>Opens one for reading, from its start.</summary>
    Stream Open(int index);

    /// <summary>Opens one for reading as text.</summary>
    TextReader OpenTextReader(int index);
}
