using MLPipelines.Data;
using MLPipelines.Transforms.Image;
using Microsoft.AspNetCore.Http;

namespace MLPipelines.Server;

/// <summary>What the rows of a request or an answer are written in.</summary>
internal enum RowFormat
{
    Json,
    Csv,

    /// <summary>The bytes of one picture file.</summary>
    Picture,
}

/// <summary>Sees in which format a request comes, and in which one its answer is wanted.</summary>
internal static class RowFormats
{
    /// <exception cref="RequestProblemException">The content is of another type (415).</exception>
    internal static (RowFormat Body, RowFormat Reply) Of(HttpRequest request)
    {
        ReadOnlySpan<char> type = request.ContentType is { } given ? given.AsSpan(0, given.IndexOf(';') is >= 0 and var end ? end : given.Length).Trim() : default;
        RowFormat body = type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.IsEmpty || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            // What curl says of --data when nothing else is said.
            || type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? RowFormat.Json
            : type.Equals("text/csv", StringComparison.OrdinalIgnoreCase) ? RowFormat.Csv
            : type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? RowFormat.Picture
            : throw new RequestProblemException(415, $"The content is of type {type}, expected application/json, text/csv or, for a model of pictures, image/png and the like.");
        string? accept = request.Headers.Accept;
        bool csv = accept is not null && accept.Contains("text/csv", StringComparison.OrdinalIgnoreCase), json = accept is not null && accept.Contains("json", StringComparison.OrdinalIgnoreCase);
        return (body, csv || (body == RowFormat.Csv && !json) ? RowFormat.Csv : RowFormat.Json);
    }

    /// <summary>Takes a body as one picture.</summary>
    /// <exception cref="RequestProblemException">The model takes no pictures (415), or it is none (400).</exception>
    internal static void ReadPicture(ServedModel model, ReadOnlySpan<byte> file, ScoringRows rows)
    {
        if (model.Inputs is not [{ Type: ImageDataViewType } input]) throw new RequestProblemException(415, $"{model.Name} takes no pictures: it predicts from {string.Join(", ", model.Inputs.Select(column => column.Name))}.");
        try
        {
            ((ValueColumn<MLImage>)rows.Input(0)).Append(MLImage.CreateFromBytes(file));
        }
        catch (MLPipelinesException e)
        {
            throw RequestProblemException.At(0, input.Name, e.Message);
        }
        rows.AddRows();
    }
}
