namespace MLPipelines.Server;

/// <summary>The model files of a folder, or one file, as they are at a moment.</summary>
/// <param name="path">The folder or file.</param>
internal sealed class ModelFolder(string path)
{
    private readonly string _path = Path.GetFullPath(path);

    /// <summary>Whether it is one file.</summary>
    internal bool IsFile { get; } = File.Exists(path);

    /// <summary>Where the file system is to be watched.</summary>
    internal string Folder => IsFile ? Path.GetDirectoryName(_path)! : _path;

    /// <summary>The file of settings.</summary>
    internal string SettingsPath => Path.Combine(Folder, ModelSettingsFile.Name);

    /// <summary>All model files, and what is wrong with those that are none.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    internal List<ModelFileState> Look()
    {
        List<ModelFileState> found = [];
        IEnumerable<string> files = IsFile ? [_path] : Directory.EnumerateFiles(_path, "*.zip").Order(StringComparer.Ordinal);
        foreach (string file in files)
        {
            string fileName = Path.GetFileName(file);
            if (fileName.StartsWith('.')) continue;
            // Where the folder is a mounted volume, its files are links, and what they lead to is replaced.
            var info = new FileInfo(file);
            if (info.LinkTarget is not null) info = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
            if (!info.Exists) continue;
            bool isModel = ModelReference.TryParseFile(fileName, out string name, out int version, out bool isNumbered);
            string? problem = isModel ? null : $"{fileName} is not called as models are: name.zip or name@2.zip, of letters, digits and . - _.";
            found.Add(new ModelFileState(file, isModel ? name : fileName, isModel ? version : 0, isNumbered, info.Length, info.LastWriteTimeUtc, problem));
        }
        // Without a number it is version 1; a file that says so as well is one too many.
        for (int i = 0; i < found.Count; i++)
        {
            ModelFileState file = found[i];
            if (file is { Problem: null, IsNumbered: true, Version: 1 } && found.Exists(other => other.Name == file.Name && !other.IsNumbered))
                found[i] = file with { Problem = $"{Path.GetFileName(file.Path)} and {file.Name}.zip are both version 1 of {file.Name}; give it another number." };
        }
        return found;
    }

    /// <summary>The settings as they stand in the folder; nothing where there are none.</summary>
    internal byte[]? ReadSettings()
    {
        try
        {
            return File.Exists(SettingsPath) ? File.ReadAllBytes(SettingsPath) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>A file as it looks without being read.</summary>
internal sealed record ModelFileState(string Path, string Name, int Version, bool IsNumbered, long Bytes, DateTime Written, string? Problem)
{
    /// <summary>Whether nothing was written to it between two looks.</summary>
    internal bool IsAs(ModelFileState? other) => other is not null && other.Bytes == Bytes && other.Written == Written;
}
