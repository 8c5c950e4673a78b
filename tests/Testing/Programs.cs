using Xunit;

namespace MLPipelines.Testing;

/// <summary>Programs of the machine that some tests run.</summary>
public static class Programs
{
    /// <summary>The first of some programs that is on the search path; <see langword="null"/> where none is.</summary>
    public static string? Find(params string[] names) => names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}

/// <summary>A test that runs a program of the machine; skipped, with the reason, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    /// <param name="names">Names of the program, any of which will do.</param>
    public ProgramFactAttribute(params string[] names) => (Names, Skip) = (names, Programs.Find(names) is null ? $"{string.Join(" or ", names)} is not on the search path." : null);

    public string[] Names { get; }
}
