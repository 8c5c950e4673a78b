using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data;

public class RawFieldsTests
{
    [Fact]
    public void Rows_stay_as_they_stand_and_are_filled_up_or_cut_to_the_fields_asked_for()
    {
        const string text = "a,b,c\n 1 ,\"x, \"\"y\"\"\",3\r\nonly\n\"two\nlines\",2\n1,2,3,\n";
        var options = new TextLoader.Options
        {
            Separators = [','], HasHeader = true, AllowQuoting = true,
            Columns = [new TextLoader.Column { Name = "Raw", DataKind = DataKind.String, RawFieldCount = 3 }, new TextLoader.Column("B", DataKind.String, 1)],
        };
        IDataView view = new MLContext(1).Data.CreateTextLoader(options).Load(new Memory(text));
        Assert.Equal([" 1 ,\"x, \"\"y\"\"\",3", "only,,", "\"two\nlines\",2,", "1,2,3"], view.GetColumn<string>("Raw"));
        Assert.Equal(["x, \"y\"", "", "2", "2"], view.GetColumn<string>("B"));
    }

    private sealed class Memory(string text) : IMultiStreamSource
    {
        public int Count => 1;

        public string? GetPathOrNull(int index) => "rows.csv";

        public Stream Open(int index) => new MemoryStream(Encoding.UTF8.GetBytes(text));

        public TextReader OpenTextReader(int index) => new StringReader(text);
    }
}
