using MLPipelines.Cli.Apply;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Explaining;

/// <summary><c>mlp explain</c> for models of pictures: where the model looks, as a picture or a page.</summary>
internal sealed class PictureExplanation(CommandHost host, string modelPath, string dataset, string? output, int most, bool json)
{
    /// <summary>A page of more pictures is no longer looked at.</summary>
    internal const int Most = 200;

    private const int LeastSide = 256;

    internal int Run(MLContext context, ITransformer model, DataViewSchema schema)
    {
        var stages = new Stages();
        var classifier = new ImageClassifier(context, model, schema);
        IReadOnlyList<LabelledImage> images = ImageInput.Unlabelled(dataset, host.Cancellation).Images;
        string? kind = output is null ? null : Path.GetExtension(output).ToLowerInvariant();
        if (kind is not (null or ".png" or ".jpg" or ".jpeg" or ".html")) throw new UsageException($"--output: found '{output}', expected a .png or .jpg file for one picture, or an .html file for several.");
        if (kind is not (null or ".html") && images.Count > 1) throw new UsageException($"--output: {dataset} has {Figures.Count(images.Count)} pictures; an .html file shows several.");
        if (output is not null) OutputFile.CheckWritable(output);
        stages.End("load");
        List<(LabelledImage Image, OcclusionMap Map)> explained = [];
        List<string> problems = [];
        using (var progress = ProgressDisplay.For(host))
        {
            foreach (LabelledImage image in images.Take(most))
            {
                host.Cancellation.ThrowIfCancellationRequested();
                progress.Count($"{Figures.Count(explained.Count)} pictures explained");
                try
                {
                    MLImage picture = image.Read();
                    explained.Add((image, OcclusionMap.Of(classifier, picture)));
                }
                catch (MLPipelinesException e) when (images.Count > 1)
                {
                    problems.Add(e.Message);
                }
            }
        }
        stages.End("explain");
        if (output is not null) Write(kind!, explained);
        if (ImageFiles.Unreadable(problems) is { } told) host.Error.WriteLine(told);
        Tell(Report.For(host, json), explained, images.Count);
        if (json) WriteJson(explained, stages);
        return Faults.Success;
    }

    private void Write(string kind, List<(LabelledImage Image, OcclusionMap Map)> explained)
    {
        if (kind == ".html")
        {
            var page = new HtmlPage($"Where {Path.GetFileName(modelPath)} looks");
            ContactSheet.Add(page, explained);
            page.Save(output!);
            return;
        }
        using MLImage drawn = HeatMapDrawing.Draw(explained[0].Map, LeastSide);
        using var target = new OutputFile(output!, host);
        ImageEncoders.Of(kind)(target.Stream, drawn);
        target.Complete();
    }

    private void Tell(Report report, List<(LabelledImage Image, OcclusionMap Map)> explained, int count)
    {
        var table = new TextTable("A patch of the mean colour slides over each picture; where it matters most is where the model looks", "picture", "label", "#probability", "where", "#with the patch there");
        foreach (var (image, map) in explained) table.Add(image.Name, map.Label, Figures.Metric(map.Probability), map.Place, Figures.Metric(map.LeastProbability));
        report.Table(table);
        if (count > explained.Count) report.Line($"{Figures.Count(count - explained.Count)} more pictures are not explained.");
        report.Line(output is null ? "--output FILE.png or FILE.html draws it." : $"Wrote {output}.");
    }

    private void WriteJson(List<(LabelledImage Image, OcclusionMap Map)> explained, Stages stages) => JsonLine.Write(host.Out, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("command", "explain");
        writer.WriteString("model", modelPath);
        writer.WriteString("importance", "occlusion");
        writer.WriteStartArray("pictures");
        foreach (var (image, map) in explained)
        {
            writer.WriteStartObject();
            writer.WriteString("path", image.Name);
            writer.WriteString("label", map.Label);
            writer.WriteNumber("probability", Math.Round(map.Probability, 6));
            writer.WriteNumber("leastProbability", Math.Round(map.LeastProbability, 6));
            writer.WriteString("where", map.Place);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumbers("seconds", [new("load", stages["load"]), new("explain", stages["explain"]), new("total", stages.Total)], digits: 4);
        writer.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
        writer.WriteEndObject();
    });
}
