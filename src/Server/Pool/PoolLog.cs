using Microsoft.Extensions.Logging;

namespace MLPipelines.Extensions.ML;

/// <summary>What pools log, by the event numbers of ML.NET.</summary>
internal static partial class PoolLog
{
    [LoggerMessage(100, LogLevel.Debug, "Model file {FilePath} has changed and is loaded again.")]
    internal static partial void FileReloadBegin(ILogger logger, string filePath);

    [LoggerMessage(101, LogLevel.Information, "Model file {FilePath} was loaded again in {ElapsedMilliseconds} ms.")]
    internal static partial void FileReloadEnd(ILogger logger, string filePath, double elapsedMilliseconds);

    [LoggerMessage(103, LogLevel.Error, "Model file {FilePath} could not be loaded again ({ElapsedMilliseconds} ms); the model before it stays.")]
    internal static partial void FileReloadError(ILogger logger, string filePath, double elapsedMilliseconds, Exception exception);

    [LoggerMessage(110, LogLevel.Debug, "Asking {Uri} whether its model has changed.")]
    internal static partial void UriReloadBegin(ILogger logger, Uri uri);

    [LoggerMessage(111, LogLevel.Information, "The model of {Uri} was loaded again in {ElapsedMilliseconds} ms.")]
    internal static partial void UriReloadEnd(ILogger logger, Uri uri, double elapsedMilliseconds);

    [LoggerMessage(112, LogLevel.Error, "The model of {Uri} could not be loaded again ({ElapsedMilliseconds} ms); the model before it stays.")]
    internal static partial void UriReloadError(ILogger logger, Uri uri, double elapsedMilliseconds, Exception exception);

    [LoggerMessage(120, LogLevel.Error, "A new model does not fit {Input} and {Output}; the model before it stays.")]
    internal static partial void DoesNotFit(ILogger logger, string input, string output, Exception exception);
}
