using System.Buffers;

namespace MLPipelines.Pretraining;

/// <summary>
/// Pretrained weights by name, each a folder of files on this machine with their checksums. A model appears when all of it is there, and not before;
/// a download that broke off goes on where it was.
/// </summary>
public sealed class ModelCache
{
    /// <summary>The environment variable that says where the cache is, as in ML.NET.</summary>
    public const string Variable = "MICROSOFTML_RESOURCE_PATH";

    private const string Unfinished = ".partial";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <param name="folder">Where the models lie; it need not be there yet.</param>
    public ModelCache(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The cache in the folder of <see cref="Variable"/>; without it in mlpipelines/models below XDG_CACHE_HOME, or below the folder .cache of the user.</summary>
    public static ModelCache Default => new(DefaultFolder(Environment.GetEnvironmentVariable));

    /// <summary>Where the models lie.</summary>
    public string Folder { get; }

    /// <summary>The models that are there, by name.</summary>
    public IReadOnlyList<CachedModel> List() => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.EnumerateDirectories(Folder).Where(path => IsName(Path.GetFileName(path)) && File.Exists(Path.Combine(path, CachedModel.RecordFile)))
            .Order(StringComparer.Ordinal).Select(CachedModel.Read),
    ];

    /// <summary>The files of a model, checked against their checksums: its folder, or the one model file of this library that it is. <see langword="null"/> where there is no model of the name.</summary>
    /// <exception cref="MLPipelinesException">A file is missing or damaged.</exception>
    public string? Find(string name)
    {
        if (!IsName(name) || !Directory.Exists(FolderOf(name))) return null;
        CachedModel model = CachedModel.Read(FolderOf(name));
        foreach (CachedFile file in model.Files)
        {
            var found = new FileInfo(Path.Combine(FolderOf(name), file.Path));
            string? problem = !found.Exists ? "is not there any more" : found.Length != file.Bytes ? $"has {found.Length} bytes, {file.Bytes} were added"
                : FileChecksum.Of(found.FullName) != file.Sha256 ? "is not the one that was added: its checksum is another" : null;
            if (problem is not null) throw new MLPipelinesException($"The cached model {name} is damaged: {found.FullName} {problem}. Add it again: mlp models add {name} --from {string.Join(" --from ", model.Sources)}");
        }
        return model.Files is [{ Path: { } only }] && only.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Path.Combine(FolderOf(name), only) : FolderOf(name);
    }

    /// <summary>The path of a model that is named by a path or by its name in the cache; a path wins.</summary>
    /// <exception cref="FileNotFoundException">It is neither.</exception>
    public string Resolve(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (Path.Exists(nameOrPath)) return nameOrPath;
        if (Find(nameOrPath) is { } found) return found;
        string[] known = [.. List().Select(model => model.Name)];
        throw new FileNotFoundException($"'{nameOrPath}' is neither a file or folder nor a model of the cache {Folder}, {(known.Length == 0 ? "which is empty" : $"which has {string.Join(", ", known)}")}. Add one: mlp models add NAME --from FILE|DIR|URL", nameOrPath);
    }

    /// <summary>Takes a model into the cache, in place of one of the same name.</summary>
    /// <param name="name">What to call it: small letters, digits, dots, hyphens and underscores.</param>
    /// <param name="sources">Where its files come from: the weights, and the tokenizer's files.</param>
    /// <param name="progress">Is told how downloads go.</param>
    /// <param name="cancellationToken">Ends it; what was downloaded stays for the next time.</param>
    /// <exception cref="MLPipelinesException">A source is not there, is damaged, is not what its checksum says, or is an archive that would write elsewhere; there is no connection or no room. The cache is as it was.</exception>
    public async Task<CachedModel> AddAsync(string name, IReadOnlyList<ModelSource> sources, IProgress<CacheProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (!IsName(name)) throw new ArgumentException($"'{name}' cannot name a model: expected small letters, digits, dots, hyphens and underscores, the first a letter or digit.", nameof(name));
        if (sources.Count == 0) throw new ArgumentException("A model comes from at least one file, folder or address.", nameof(sources));
        string fresh = Path.Combine(Folder, $".new-{name}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(fresh);
            foreach (ModelSource source in sources) await TakeAsync(source, fresh, progress, cancellationToken).ConfigureAwait(false);
            CachedModel model = Describe(name, sources, fresh, cancellationToken);
            model.Write(fresh);
            Exchange(fresh, FolderOf(name));
            return model;
        }
        catch (IOException e) when (DiskSpace.IsFull(e))
        {
            throw new MLPipelinesException($"There is no room left on the disk of {Folder}. {Variable} names a folder elsewhere.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new MLPipelinesException($"The cache {Folder} cannot be written: {e.Message} {Variable} names a folder elsewhere.", e);
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>Deletes a model.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name)
    {
        if (!IsName(name) || !Directory.Exists(FolderOf(name))) return false;
        Directory.Delete(FolderOf(name), recursive: true);
        return true;
    }

    internal static string DefaultFolder(Func<string, string?> variable) => variable(Variable) is { Length: > 0 } given ? given
        : Path.Combine(variable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache) ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "mlpipelines", "models");

    internal static bool IsName(string? name) => name is { Length: > 0 and <= 100 } && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    private string FolderOf(string name) => Path.Combine(Folder, name);

    private async Task TakeAsync(ModelSource source, string target, IProgress<CacheProgress>? progress, CancellationToken cancellation)
    {
        if (source.Address is { } address)
        {
            string file = await new Download(address, source.FileName, Path.Combine(Folder, Unfinished), progress).RunAsync(cancellation).ConfigureAwait(false);
            try
            {
                Place(source, file, target, isMoved: true);
            }
            finally
            {
                File.Delete(file);
            }
        }
        else if (Directory.Exists(source.Location))
        {
            if (source.Sha256 is not null) throw new MLPipelinesException($"{source.Location} is a folder, and a checksum is of a file.");
            foreach (string file in Directory.EnumerateFiles(source.Location, "*", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                string copy = Path.Combine(target, Path.GetRelativePath(source.Location, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy, overwrite: true);
            }
        }
        else if (File.Exists(source.Location))
        {
            Place(source, source.Location, target, isMoved: false);
        }
        else
        {
            throw new FileNotFoundException($"There is no file or folder {source.Location}.", source.Location);
        }
    }

    private static void Place(ModelSource source, string file, string target, bool isMoved)
    {
        if (source.Sha256 is { } expected && FileChecksum.Of(file) is var found && !found.Equals(expected, StringComparison.OrdinalIgnoreCase))
            throw new MLPipelinesException($"{source.Recorded}: the SHA-256 is {found}, expected {expected.ToLowerInvariant()}. The file is damaged or another one; it was not added.");
        string place = Path.Combine(target, source.FileName);
        if (ModelUnpacking.IsArchive(source.FileName, file)) ModelUnpacking.Unpack(file, source.FileName, target);
        else if (isMoved) File.Move(file, place, overwrite: true);
        else File.Copy(file, place, overwrite: true);
    }

    private static CachedModel Describe(string name, IReadOnlyList<ModelSource> sources, string folder, CancellationToken cancellation)
    {
        List<CachedFile> files = [];
        foreach (string path in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System }))
        {
            cancellation.ThrowIfCancellationRequested();
            string relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (relative != CachedModel.RecordFile) files.Add(new CachedFile(relative, new FileInfo(path).Length, FileChecksum.Of(path)));
        }
        if (!files.Exists(file => Path.GetExtension(file.Path).ToLowerInvariant() is ".safetensors" or ".tsm" or ".zip"))
            throw new MLPipelinesException($"There are no weights in {string.Join(", ", sources.Select(source => source.Recorded))}: expected a .safetensors or .tsm file, with the tokenizer's files beside it, or a model file of this library.");
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new CachedModel(name, [.. sources.Select(source => source.Recorded)], DateTime.UtcNow, files);
    }

    /// <summary>Puts a folder in the place of another, which goes only when the new one is complete.</summary>
    private static void Exchange(string fresh, string place)
    {
        if (!Directory.Exists(place))
        {
            Directory.Move(fresh, place);
            return;
        }
        string old = $"{fresh}-old";
        Directory.Move(place, old);
        Directory.Move(fresh, place);
        Directory.Delete(old, recursive: true);
    }
}
