namespace MLPipelines.Data;

public sealed partial class TextLoader
{
    /// <summary>The settings of a <see cref="TextLoader"/>.</summary>
    public class Options
    {
        /// <summary>
        /// Whether a field may be put in double quotes, which hide separators and line breaks; a quote inside is written twice
        /// (RFC 4180). Without it a quote is a character like others, and every line break ends a row.
        /// </summary>
        public bool AllowQuoting = Defaults.AllowQuoting;

        /// <summary>
        /// Whether rows may be sparse: <c>5 2:6 4:3</c> is five fields, of which the third is 6, the fifth is 3 and the others
        /// are missing. Plain fields may come before.
        /// </summary>
        public bool AllowSparse = Defaults.AllowSparse;

        /// <summary>The number of fields of every row, for sparse rows that do not say it.</summary>
        public int? InputSize;

        /// <summary>The characters that separate fields; any of them does.</summary>
        public char[] Separators = [Defaults.Separator];

        /// <summary>What separates the decimals of a number: a point or a comma.</summary>
        public char DecimalMarker = Defaults.DecimalMarker;

        /// <summary>
        /// The columns to load. Without any: those that the file describes at its start, when <c>SaveAsText</c> wrote it, and then its
        /// separator, header, quotes and sparse rows too; else <c>Label</c> from the first field and the vector <c>Features</c> from all others.
        /// </summary>
        public Column[]? Columns;

        /// <summary>Whether white space at the end of rows is left out.</summary>
        public bool TrimWhitespace = Defaults.TrimWhitespace;

        /// <summary>Whether the first row of every file names the fields.</summary>
        public bool HasHeader = Defaults.HasHeader;

        /// <summary>Kept so that code for ML.NET compiles; reading is fast without more threads.</summary>
        public bool UseThreads = true;

        /// <summary>
        /// Kept so that code for ML.NET compiles: line breaks inside quotes are always understood when
        /// <see cref="AllowQuoting"/> is on.
        /// </summary>
        public bool ReadMultilines = Defaults.ReadMultilines;

        /// <summary>A file whose first row names the fields, in place of a header in the data.</summary>
        public string? HeaderFile;

        /// <summary>The most rows to load; <see langword="null"/> for all.</summary>
        public long? MaxRows;

        /// <summary>What precedes a quote inside quotes, when it is not another quote.</summary>
        public char EscapeChar = Defaults.EscapeChar;

        /// <summary>
        /// Whether empty fields of <see cref="DataKind.Single"/> and <see cref="DataKind.Double"/> columns, and those that a row
        /// is too short for, are NaN; otherwise they are 0, as in ML.NET.
        /// </summary>
        public bool MissingRealsAsNaNs = Defaults.MissingRealsAsNaNs;

        /// <summary>How many characters are decoded at a time; small in tests of what happens between blocks.</summary>
        internal int BlockSize = TextFormat.DefaultBlockSize;
    }

    internal static class Defaults
    {
        internal const bool AllowQuoting = false;
        internal const bool AllowSparse = false;
        internal const char Separator = '\t';
        internal const char DecimalMarker = '.';
        internal const bool HasHeader = false;
        internal const bool TrimWhitespace = false;
        internal const bool ReadMultilines = false;
        internal const char EscapeChar = '"';
        internal const bool MissingRealsAsNaNs = false;
    }
}
