using MLPipelines.Data;
using MLPipelines.Pretraining;
using MLPipelines.TorchSharp.NasBert;

namespace MLPipelines.Neural.Tests.Text;

public sealed class ClassifierDistillationTests
{
    [Fact]
    public void A_student_says_what_its_teacher_says()
    {
        var context = new MLContext(1);
        IDataView labelled = context.Data.LoadFromEnumerable(PatternTexts.Sentences.Where((_, i) => i % 2 == 0).Select(text => new Row { Text = text, Label = text.Split(' ')[1] }));
        ITransformer teacher = context.Transforms.Conversion.MapValueToKey("Label").Append(context.Transforms.Text.FeaturizeText("Features", "Text"))
            .Append(context.MulticlassClassification.Trainers.SdcaMaximumEntropy()).Fit(labelled);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(labelled.Schema.Where(column => column.Name == "Text"));
        // The label is not there where there are no labels.
        teacher = new TransformerChain<ITransformer>(((IEnumerable<ITransformer>)teacher).Skip(1));

        var options = new TextClassificationTrainer.TextClassificationOptions { FromScratch = true, Network = TextNetwork.TextCnn, MaxEpoch = 30, BatchSize = 8, VocabularySize = 330, FromScratchLearningRate = 5e-3 };
        ITransformer student = new ClassifierDistillation(context, options).Fit(teacher, schema.ToSchema(), PatternTexts.Sentences);

        using var file = new MemoryStream();
        context.Model.Save(student, schema.ToSchema(), file);
        file.Position = 0;
        student = context.Model.Load(file, out _);
        IDataView texts = context.Data.LoadFromEnumerable(PatternTexts.Sentences.Select(text => new Row { Text = text }));
        string[] said = [.. student.Transform(texts).GetColumn<string>("PredictedLabel")];
        Assert.Equal(PatternTexts.Sentences.Select(text => text.Split(' ')[1]), said);
        float[][] taught = [.. teacher.Transform(texts).GetColumn<float[]>("Score")], learned = [.. student.Transform(texts).GetColumn<float[]>("Score")];
        // Probabilities, and not only the most probable class: the mean distance is far less than that of 4 classes from one that is sure (0.375 at the most even).
        Assert.InRange(taught.Zip(learned, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average()).Average(), 0, 0.05);
    }

    [Fact]
    public void What_is_no_classifier_cannot_teach()
    {
        var context = new MLContext(1);
        IDataView data = context.Data.LoadFromEnumerable(PatternTexts.Sentences.Select(text => new Row { Text = text }));
        ITransformer features = context.Transforms.Text.FeaturizeText("Features", "Text").Fit(data);
        var distillation = new ClassifierDistillation(context, new TextClassificationTrainer.TextClassificationOptions { FromScratch = true });
        Assert.Contains("reads several columns of text: Text, Label", Assert.Throws<MLPipelinesException>(() => distillation.Fit(features, data.Schema, PatternTexts.Sentences)).Message, StringComparison.Ordinal);
        Assert.Contains("no column 'Score'", Assert.Throws<MLPipelinesException>(() => distillation.Fit(features, data.Schema, PatternTexts.Sentences, "Text")).Message, StringComparison.Ordinal);
    }

    private sealed class Row
    {
        public string Text { get; init; } = "";

        public string Label { get; init; } = "";
    }
}
