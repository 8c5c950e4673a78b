using System.Text.RegularExpressions;

namespace MLPipelines.Architecture.Tests;

public partial class FileTests
{
    private static readonly string[] Folders = ["src", "tests", "bench"];

    [Fact]
    public void Files_are_named_by_meaning() =>
        Assert.DoesNotContain(Repository.Files("*", [.. Folders, "docs", "data"]), file => Meaningless().IsMatch(Path.GetFileName(file)));

    [Fact]
    public void A_source_file_has_500_lines_at_most()
    {
        var files = Repository.Files("*.cs", Folders).Concat(Repository.Files("*.py", Folders));
        Assert.DoesNotContain(files.Select(file => (file, Lines: Repository.Read(file).AsSpan().Count('\n'))), file => file.Lines > 500);
    }

    /// <summary>A word of the name, as in TextUtils or text_helper; not a part of a word, as in Commonness.</summary>
    [GeneratedRegex("(?:Util|Utils|Utilities|Helper|Helpers|Manager|Managers|Misc|Common)(?![a-z])|(?:^|_)(?:utils?|helpers?|managers?|misc|common)(?![a-z])")]
    private static partial Regex Meaningless();
}
