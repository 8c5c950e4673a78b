using FsCheck;
using FsCheck.Fluent;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.TextLoading;

public class RoundTripTests
{
    /// <summary>Cells of arbitrary Unicode, rich in the characters that quoting is about. Lone surrogates have no UTF-8.</summary>
    private static readonly Gen<string> Cells = Gen.OneOf(
        Gen.Elements("", " ", "\"", "\"\"", ",", "\t", "\r", "\n", "\r\n", "\0", "#", "\uFEFF", "中文", "😀", "a,b", "x\ty", " padded ", "//", "1.5"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
        Gen.Choose(0, 0x10FFFF).Where(c => c is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32),
        Gen.Elements('"', ',', '\t', '\r', '\n', ' ', 'a', '\u00A0', '，').ArrayOf().Select(chars => new string(chars)))
        .ArrayOf().Select(string.Concat).Where(IsUnicode);

    private static readonly Gen<string[][]> Tables =
        from width in Gen.Choose(1, 5)
        from height in Gen.Choose(0, 8)
        from rows in Cells.ArrayOf(width).ArrayOf(height)
        select rows;

    [Theory]
    [InlineData(',', "\n", 16)]
    [InlineData(',', "\r\n", 16)]
    [InlineData('\t', "\n", 37)]
    [InlineData('\t', "\r", TextFormat.DefaultBlockSize)]
    [InlineData(';', "\n", 16)]
    [InlineData(' ', "\n", 16)]
    public void Any_table_written_and_read_back_is_the_same(char separator, string lineEnd, int blockSize)
    {
        Prop.ForAll(Tables.ToArbitrary(), table =>
        {
            using var file = new MemoryStream();
            using (var writer = new DelimitedWriter(file, separator, lineEnd, leaveOpen: true))
                foreach (string[] row in table) writer.WriteRow(row);

            var found = TextInMemory.Rows(file.ToArray(), new TextFormat(separator.ToString(), Quoting: true, BlockSize: blockSize));

            return found.Count == table.Length && found.Zip(table).All(pair => pair.First.SequenceEqual(pair.Second, StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(30));
    }

    [Fact]
    public void Any_numbers_written_and_loaded_are_the_same_bits()
    {
        Prop.ForAll<float[], double[]>((singles, doubles) =>
        {
            int rows = Math.Min(singles.Length, doubles.Length);
            if (rows == 0) return true;
            using var file = new MemoryStream();
            using (var writer = new DelimitedWriter(file, leaveOpen: true))
            {
                for (int i = 0; i < rows; i++)
                {
                    writer.WriteField(singles[i]);
                    writer.WriteField(doubles[i]);
                    writer.EndRow();
                }
            }
            var loader = new MLContext().Data.CreateTextLoader(new TextLoader.Options
            {
                Separators = [','],
                MissingRealsAsNaNs = true,
                Columns = [new("Single", DataKind.Single, 0), new("Double", DataKind.Double, 1)],
            });
            var columns = ((BatchView)loader.Load(new TextInMemory(file.ToArray()))).ReadColumns(0, 1);
            return ((ValueColumn<float>)columns[0]).Values.SequenceEqual(singles.AsSpan(0, rows))
                && ((ValueColumn<double>)columns[1]).Values.SequenceEqual(doubles.AsSpan(0, rows));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i])) return false;
        }
        return true;
    }
}
