using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>A picture that could not be read, and why.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Problem">What is wrong with it, with its name.</param>
public sealed record UnreadableImage(LabelledImage Image, string Problem);

/// <summary>What was made of the pictures of a set.</summary>
/// <typeparam name="T">What is made of one.</typeparam>
/// <param name="Images">The set without the pictures that could not be read; it has the same classes.</param>
/// <param name="Values">What was made of each of them.</param>
/// <param name="Unreadable">The others.</param>
public sealed record ImageReading<T>(LabelledImages Images, IReadOnlyList<T> Values, IReadOnlyList<UnreadableImage> Unreadable);

/// <summary>Reads all pictures of a set.</summary>
public static class ImageReading
{
    /// <summary>Decodes each picture and makes something of it, on all processors; the order of the pictures stays.</summary>
    /// <param name="images">The set.</param>
    /// <param name="make">Makes something of a picture, such as a smaller one; called on several threads. The picture is disposed after it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MLPipelinesException">No picture can be read.</exception>
    public static ImageReading<T> ReadAll<T>(this LabelledImages images, Func<MLImage, T> make, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(make);
        var values = new T[images.Images.Count];
        string?[] problems = new string?[values.Length];
        ParallelRows.Run(values.Length, i =>
        {
            MLImage image;
            try
            {
                image = images.Images[i].Read();
            }
            catch (MLPipelinesException e)
            {
                problems[i] = e.Message;
                return;
            }
            using (image) values[i] = make(image);
        }, cancellation);
        UnreadableImage[] unreadable = [.. Enumerable.Range(0, values.Length).Where(i => problems[i] is not null).Select(i => new UnreadableImage(images.Images[i], problems[i]!))];
        if (unreadable.Length == 0) return new ImageReading<T>(images, values, unreadable);
        if (unreadable.Length == values.Length)
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{images.Source}: none of the {values.Length} pictures can be read. The first: {unreadable[0].Problem}"));
        LabelledImage[] read = [.. images.Images.Where((_, i) => problems[i] is null)];
        return new ImageReading<T>(new LabelledImages(images.Source, read, images.Classes), [.. values.Where((_, i) => problems[i] is null)], unreadable);
    }
}
