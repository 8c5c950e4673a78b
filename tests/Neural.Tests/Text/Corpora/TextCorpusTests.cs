using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using MLPipelines.Neural.Text;
using MLPipelines.Testing;

namespace MLPipelines.Neural.Tests.Text;

public sealed class TextCorpusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("corpus").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_text_file_has_a_text_on_each_line() =>
        Assert.Equal(["one text", "another text"], Read(Write("a.txt", "one text\n\n  another \t text\r\n")));

    [Fact]
    public void A_text_that_comes_again_counts_once()
    {
        TextCorpus corpus = TextCorpus.Read([Write("a.txt", "one\ntwo\none\n"), Write("b.txt", "two \nthree\n")]);
        Assert.Equal(["one", "two", "three"], corpus.Texts);
        Assert.Equal(2, corpus.Repeated);
    }

    [Theory]
    [InlineData("id,Text,category\n1,\"a, b\",x\n2,c d,y\n", null)]
    [InlineData("id,category,note\n1,x,\"a, b\"\n2,y,c d\n", "note")]
    [InlineData("category,unnamed\nx,\"a, b\"\ny,c d\n", null)]
    [InlineData("x,\"a, b\"\ny,c d\n", "1")]
    public void A_table_has_a_text_in_each_row(string content, string? column) => Assert.Equal(["a, b", "c d"], TextCorpus.Read([Write("t.csv", content)], column).Texts);

    [Fact]
    public void A_column_that_is_not_there_is_told_of_with_those_that_are()
    {
        string path = Write("t.csv", "id,text\n1,a\n2,b\n");
        Assert.Equal($"{path} has no column 'review'. Its columns are: id, text.", Assert.Throws<MLPipelinesException>(() => TextCorpus.Read([path], "review")).Message);
    }

    [Fact]
    public void Files_of_a_folder_are_texts_and_tables()
    {
        Write("f/b/2.txt", "second\ntext");
        Write("f/a.csv", "text\nrow one\nrow two\n");
        Write("f/.hidden", "no");
        Write("f/b/1.txt", "first");
        Assert.Equal(["row one", "row two", "first", "second text"], Read(Path.Combine(_folder, "f")));
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar.gz")]
    public void Files_of_an_archive_are_texts(string name)
    {
        string path = Path.Combine(_folder, name);
        using (FileStream stream = File.Create(path))
        {
            if (name == "a.zip")
            {
                using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
                foreach (string text in (string[])["one", "two"])
                    using (Stream content = zip.CreateEntry($"d/{text}").Open()) content.Write(Encoding.UTF8.GetBytes(text));
            }
            else
            {
                using var gzip = new GZipStream(stream, CompressionLevel.Fastest);
                using var tar = new TarWriter(gzip);
                foreach (string text in (string[])["one", "two"]) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"d/{text}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }
        Assert.Equal(["one", "two"], Read(path));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..60]);
        Assert.Contains("damaged archive", Assert.Throws<MLPipelinesException>(() => Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: a@b.c\nSubject: Re: x\n  goes on\n\n", "What was said.", "What was said.")]
    [InlineData("From: a@b.c\nLines: 3\n\n", "a@b.c writes:\n> quoted\n: kept\nAnswer", ": kept\nAnswer")]
    [InlineData("", "Note: this is\n\nno mail", "Note: this is\n\nno mail")]
    [InlineData("", "No headers.\n\n> kept", "No headers.\n\n> kept")]
    public void Headers_and_quotations_of_mail_are_left_out(string headers, string body, string expected) => Assert.Equal(expected, MailText.BodyOf(headers + body));

    [Fact]
    public void No_text_is_an_error()
    {
        Assert.Contains("There is no text in", Assert.Throws<MLPipelinesException>(() => Read(Write("a.txt", "\n \n"))).Message, StringComparison.Ordinal);
        Assert.Contains("nowhere.txt", Assert.Throws<FileNotFoundException>(() => Read("nowhere.txt")).Message, StringComparison.Ordinal);
    }

    // wc -l and sort -u over the column, in Python:
    // len({" ".join(r["text"].split()) for r in csv.DictReader(gzip.open("train.csv.gz", "rt", newline=""))}) -> 9999
    [DatasetFact("text/banking77/train.csv.gz")]
    public void The_texts_of_banking77_are_found() => Assert.Equal(9999, Read(Datasets.PathOf("text/banking77/train.csv.gz")).Count);

    private static IReadOnlyList<string> Read(string path) => TextCorpus.Read([path]).Texts;

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
