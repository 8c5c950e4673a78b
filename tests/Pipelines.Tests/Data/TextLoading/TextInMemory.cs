using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.TextLoading;

/// <summary>Files that are only in memory.</summary>
internal sealed class TextInMemory(params byte[][] files) : IMultiStreamSource
{
    internal const string Name = "tickets.csv";

    internal TextInMemory(params string[] texts) : this(Array.ConvertAll(texts, Encoding.UTF8.GetBytes)) { }

    public int Count => files.Length;

    public string? GetPathOrNull(int index) => index == 0 ? Name : $"tickets{index}.csv";

    public Stream Open(int index) => new MemoryStream(files[index]);

    public System.IO.TextReader OpenTextReader(int index) => new StreamReader(Open(index));

    /// <summary>All fields of all rows.</summary>
    internal static List<string[]> Rows(byte[] bytes, TextFormat format)
    {
        using var reader = new DelimitedReader(new CharSource(new MemoryStream(bytes), Name), format);
        List<string[]> rows = [];
        while (reader.ReadRow())
        {
            string[] row = new string[reader.FieldCount];
            for (int i = 0; i < row.Length; i++) row[i] = reader[i].ToString();
            rows.Add(row);
        }
        if (reader.Problem != RowProblem.None) throw TextFileErrors.OfProblem(Name, reader);
        return rows;
    }

    internal static List<string[]> Rows(string text, TextFormat format) => Rows(Encoding.UTF8.GetBytes(text), format);
}
