using MLPipelines.Data;

namespace MLPipelines.Cli.Input;

/// <summary>Opens data files by what the user called them.</summary>
internal static class DataFiles
{
    extension(DataFile)
    {
        /// <summary>Looks at a file.</summary>
        /// <param name="path">A path, or - for standard input.</param>
        /// <param name="format">What the user said of its layout.</param>
        /// <param name="host">Gives standard input.</param>
        /// <param name="expectedColumns">Names that a header is known to have.</param>
        internal static DataFile Open(string path, InputFormat format, CommandHost host, params IReadOnlyCollection<string> expectedColumns)
        {
            if (path != "-") return DataFile.Open(new MultiFileSource(path) { SheetName = format.Sheet }, path, format, expectedColumns);
            const string name = "standard input";
            return DataFile.Open(new StreamSource(host.OpenInput(), name), name, format, expectedColumns);
        }
    }
}
