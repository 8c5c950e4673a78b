using System.Globalization;

namespace MLPipelines.Data;

/// <summary>
/// The lines at the start of a text file in which ML.NET's <c>SaveAsText</c> describes the columns:
/// <code>
/// #@ TextLoader{
/// #@   header+
/// #@   sep=tab
/// #@   col=Label:BL:0
/// #@   col={name={Sepal length} type=R4 src=1-4}
/// #@ }
/// </code>
/// </summary>
internal static partial class SchemaComment
{
    internal const string FirstLine = "#@ TextLoader{", LineStart = "#@";

    private static readonly (char Separator, string Name)[] Separators = [('\t', "tab"), (' ', "space"), (',', "comma"), (';', "semicolon"), ('|', "bar"), (':', "colon")];

    private static readonly (DataKind Kind, string Name)[] Kinds =
    [
        (DataKind.SByte, "I1"), (DataKind.Byte, "U1"), (DataKind.Int16, "I2"), (DataKind.UInt16, "U2"), (DataKind.Int32, "I4"),
        (DataKind.UInt32, "U4"), (DataKind.Int64, "I8"), (DataKind.UInt64, "U8"), (DataKind.Single, "R4"), (DataKind.Double, "R8"),
        (DataKind.String, "TX"), (DataKind.Boolean, "BL"), (DataKind.TimeSpan, "TS"), (DataKind.DateTime, "DT"), (DataKind.DateTimeOffset, "DZ"),
    ];

    internal static IEnumerable<string> Write(DataViewSchema.Column[] columns, char separator, bool hasHeader)
    {
        List<string> settings = hasHeader ? ["header+"] : [];
        settings.Add($"sep={Array.Find(Separators, pair => pair.Separator == separator).Name}");
        int first = 0;
        foreach (DataViewSchema.Column column in columns)
        {
            if (first < 0)
                throw new ArgumentException($"Column '{column.Name}' comes after a vector whose length differs from row to row, so its place is not the same in each. "
                    + "Put that one last with SelectColumns, pass schema: false, or use SaveAsBinary.", nameof(columns));
            string range = first.ToString(CultureInfo.InvariantCulture);
            if (column.Type is VectorDataViewType vector)
            {
                int next = vector.IsKnownSize ? first + vector.Size : -1;
                range += next < 0 ? "-**" : string.Create(CultureInfo.InvariantCulture, $"-{next - 1}");
                first = next;
            }
            else
            {
                first++;
            }
            settings.Add(Describe(column, range));
        }
        return [FirstLine, .. settings.Select(setting => $"{LineStart}   {setting}"), $"{LineStart} }}"];
    }

    private static string Describe(DataViewSchema.Column column, string range)
    {
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(column.Type);
        string kind = Array.Find(Kinds, pair => pair.Kind.ToType().RawType == item.RawType).Name;
        if (item is KeyDataViewType key) kind += string.Create(CultureInfo.InvariantCulture, $"[{key.Count}]");
        if (column.Name.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException($"Column '{column.Name}' has a line break in its name, which a text file cannot describe. Rename it with CopyColumns, pass schema: false, or use SaveAsBinary.", nameof(column));
        bool isPlain = column.Name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.');
        return isPlain ? $"col={column.Name}:{kind}:{range}" : $"col={{name={{{SettingText.Escape(column.Name)}}} type={kind} src={range}}}";
    }
}
