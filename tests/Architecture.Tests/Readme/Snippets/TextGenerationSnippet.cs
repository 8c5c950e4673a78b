using MLPipelines;
using MLPipelines.Scenarios.TextGeneration;

namespace Snippets;

/// <summary>The code of src/Scenarios/TextGeneration/README.md.</summary>
internal static class TextGenerationSnippet
{
    internal static GeneratedText Run()
    {
        var context = new MLContext(seed: 1);
        var result = new TextGenerationTrainer(context, new TextGenerationTrainingOptions { Epochs = 20 }).Train("replies.txt");
        Console.WriteLine($"{result.Network}; perplexity {result.ValidationPerplexity:0.0}");
        result.Generator.Save("models/replies.zip");

        var generator = TextGenerator.Load("models/replies.zip");                 // or the folder of a GPT-2, as Hugging Face saves it
        var options = new TextGenerationOptions { MaxTokens = 60, Temperature = 0.7f, TopP = 0.9f, StopTexts = ["\n\n"], Seed = 1 };
        foreach (string piece in generator.Stream("Dear customer,", options)) Console.Write(piece);

        var template = PromptTemplate.Parse("Question: {{question}}\nAnswer:");
        GeneratedText answer = generator.Generate(template, new Dictionary<string, string> { ["question"] = "Where is my parcel?" }, options);
        Console.WriteLine($"{answer.Text} ({answer.Tokens} tokens, {answer.StopReason})");
        return answer;
    }
}
