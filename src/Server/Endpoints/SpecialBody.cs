using System.Text.Json;

namespace MLPipelines.Server;

/// <summary>Reads what is asked of a model that says more than scores of rows.</summary>
internal static class SpecialBody
{
    /// <summary>Whether a body asks for a special answer; then it has been read.</summary>
    /// <exception cref="RequestProblemException">It is no JSON.</exception>
    internal static bool TryParse(ReadOnlyMemory<byte> body, SpecialAnswer special, out JsonDocument document)
    {
        try
        {
            document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException e)
        {
            throw new RequestProblemException(400, string.Create(null, $"The body is not JSON that can be read, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber", 2)[0]}"));
        }
        if (special.Takes(document.RootElement)) return true;
        document.Dispose();
        return false;
    }
}
