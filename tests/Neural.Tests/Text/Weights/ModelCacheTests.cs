using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using MLPipelines.Pretraining;

namespace MLPipelines.Neural.Tests.Text;

public sealed class ModelCacheTests : IDisposable
{
    // echo -n weights | sha256sum
    private const string Checksum = "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

    private readonly string _folder = Directory.CreateTempSubdirectory("cache").FullName;
    private readonly ModelCache _cache;

    public ModelCacheTests() => _cache = new ModelCache(Path.Combine(_folder, "models"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_folder_becomes_a_model()
    {
        string source = Path.GetDirectoryName(Write("hf/model.safetensors"))!;
        Write("hf/onnx/other.bin");
        CachedModel added = await _cache.AddAsync("bert-tiny", [new(source)]);
        Assert.Equal(["model.safetensors", "onnx/other.bin"], added.Files.Select(file => file.Path));
        Assert.Equal(7, added.Files[0].Bytes);
        CachedModel listed = Assert.Single(_cache.List());
        Assert.Equal((added.Name, added.Bytes, source), (listed.Name, listed.Bytes, listed.Sources.Single()));
        Assert.Equal(Path.Combine(_cache.Folder, "bert-tiny"), _cache.Find("bert-tiny"));
        Assert.Equal(_cache.Find("bert-tiny"), _cache.Resolve("bert-tiny"));
        Assert.Equal(source, _cache.Resolve(source));
        Assert.True(_cache.Remove("bert-tiny"));
        Assert.False(_cache.Remove("bert-tiny"));
        Assert.Null(_cache.Find("bert-tiny"));
        Assert.Empty(_cache.List());
    }

    [Fact]
    public async Task Files_and_addresses_make_one_model()
    {
        using var server = new LoopbackServer(Encoding.UTF8.GetBytes("weights"));
        string vocabulary = Write("vocab.txt");
        CachedModel added = await _cache.AddAsync("mixed", [new(server.Address.Replace("://", "://user:secret@", StringComparison.Ordinal) + "?key=secret", Checksum), new(vocabulary)]);
        Assert.Equal(["model.safetensors", "vocab.txt"], added.Files.Select(file => file.Path));
        Assert.Equal(server.Address, added.Sources[0]);
        Assert.DoesNotContain(Directory.GetFiles(_cache.Folder, "*", SearchOption.AllDirectories), file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_checksum_adds_nothing()
    {
        await _cache.AddAsync("m", [new(Write("model.safetensors", "old"))]);
        string told = await RefusedAsync("m", new ModelSource(Write("model.safetensors"), new string('0', 64)));
        Assert.EndsWith($"model.safetensors: the SHA-256 is {Checksum}, expected {new string('0', 64)}. The file is damaged or another one; it was not added.", told, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(_cache.Find("m")!, "model.safetensors")));
        Assert.Equal(["m"], Directory.GetFileSystemEntries(_cache.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("WEIGHTS", "is not the one that was added: its checksum is another")]
    [InlineData("we", "has 2 bytes, 7 were added")]
    [InlineData(null, "is not there any more")]
    public async Task A_cached_file_that_changed_is_told_of(string? content, string problem)
    {
        await _cache.AddAsync("m", [new(Write("model.safetensors"))]);
        string file = Path.Combine(_cache.Folder, "m", "model.safetensors");
        if (content is null) File.Delete(file);
        else await File.WriteAllTextAsync(file, content);
        Assert.Contains(problem, Assert.Throws<MLPipelinesException>(() => _cache.Find("m")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar.gz")]
    public async Task Archives_are_unpacked_without_the_folder_around_everything(string name)
    {
        string archive = Archive(name, "bert/model.safetensors", "bert/sub/vocab.txt");
        Assert.Equal(["model.safetensors", "sub/vocab.txt"], (await _cache.AddAsync("m", [new(archive)])).Files.Select(file => file.Path));
    }

    [Theory]
    [InlineData("a.zip", "../model.safetensors")]
    [InlineData("a.zip", "/model.safetensors")]
    [InlineData("a.zip", "a/../../model.safetensors")]
    [InlineData("a.zip", "..\\model.safetensors")]
    [InlineData("a.zip", "C:\\model.safetensors")]
    [InlineData("a.tar.gz", "../model.safetensors")]
    [InlineData("a.tar.gz", "/model.safetensors")]
    public async Task Archives_cannot_write_elsewhere(string name, string entry)
    {
        string archive = Archive(name, entry);
        Assert.Equal($"{name} is not unpacked: its entry '{entry}' would be written outside of the model's folder.", await RefusedAsync("m", new ModelSource(archive)));
        Assert.Empty(Directory.GetFileSystemEntries(_cache.Folder));
    }

    [Fact]
    public async Task Links_are_not_unpacked()
    {
        string archive = Path.Combine(_folder, "links.tar");
        await using (FileStream stream = File.Create(archive))
        await using (var tar = new TarWriter(stream)) await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "model.safetensors") { LinkName = "/etc/passwd" });
        Assert.Contains("is a link", await RefusedAsync("m", new ModelSource(archive)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_file_of_this_library_stays_one_file()
    {
        string model = Archive("my.zip", "model.json", "01-step/weights.npy");
        await _cache.AddAsync("mine", [new(model)]);
        Assert.Equal(Path.Combine(_cache.Folder, "mine", "my.zip"), _cache.Find("mine"));
    }

    [Fact]
    public async Task A_truncated_archive_is_told_of()
    {
        string archive = Archive("a.tar.gz", "model.safetensors");
        await File.WriteAllBytesAsync(archive, (await File.ReadAllBytesAsync(archive))[..^20]);
        Assert.StartsWith("a.tar.gz is a damaged archive", await RefusedAsync("m", new ModelSource(archive)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_without_weights_are_no_model() =>
        Assert.Contains("There are no weights", await RefusedAsync("m", new ModelSource(Write("vocab.txt"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Bert")]
    [InlineData("../bert")]
    [InlineData(".bert")]
    [InlineData("bert base")]
    public async Task Names_are_checked(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _cache.AddAsync(name, [new(Write("model.safetensors"))]));
        Assert.Null(_cache.Find(name));
    }

    [Fact]
    public void What_is_neither_a_path_nor_a_name_is_told_of_with_what_there_is() =>
        Assert.Contains("which is empty", Assert.Throws<FileNotFoundException>(() => _cache.Resolve("nas-bert")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_folder_follows_the_environment()
    {
        Assert.Equal("/r", ModelCache.DefaultFolder(name => name == "MICROSOFTML_RESOURCE_PATH" ? "/r" : "/x"));
        Assert.Equal(Path.Combine("/x", "mlpipelines", "models"), ModelCache.DefaultFolder(name => name == "XDG_CACHE_HOME" ? "/x" : null));
        Assert.EndsWith(Path.Combine(".cache", "mlpipelines", "models"), ModelCache.DefaultFolder(_ => null), StringComparison.Ordinal);
    }

    private async Task<string> RefusedAsync(string name, ModelSource source) => (await Assert.ThrowsAsync<MLPipelinesException>(() => _cache.AddAsync(name, [source]))).Message;

    private string Write(string name, string content = "weights")
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private string Archive(string name, params string[] entries)
    {
        string path = Path.Combine(_folder, name);
        using FileStream stream = File.Create(path);
        if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
            foreach (string entry in entries)
                using (Stream content = zip.CreateEntry(entry).Open()) content.Write("weights"u8);
            return path;
        }
        using var gzip = new GZipStream(stream, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        foreach (string entry in entries) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream("weights"u8.ToArray()) });
        return path;
    }
}
