using MLPipelines.Data;

namespace MLPipelines.Scenarios.Tests.TextClassification;

/// <summary>Labelled texts made of a few words that tell the label and many that do not, in English or Chinese.</summary>
internal static class SampleTexts
{
    private static readonly string[] English = [.. "please could you tell me what to do about this thing that we have at our place since last week thanks a lot".Split(' ')];
    private static readonly string[] EnglishTopics = ["refund money paid invoice", "parcel delivery courier late", "password login account locked", "broken repair screen cracked"];
    private static readonly string[] Chinese = [.. "请问你们能不能告诉我这个应该怎么办谢谢上周我们家里".Select(c => c.ToString())];
    private static readonly string[] ChineseTopics = ["退款 付款 发票", "包裹 快递 送货", "密码 登录 账户", "维修 屏幕 破损"];

    internal sealed class Row
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }

    internal static Row[] Make(int rows, int seed, bool chinese = false, int labels = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            int label = random.Next(labels);
            string[] topic = (chinese ? ChineseTopics : EnglishTopics)[label].Split(' '), filler = chinese ? Chinese : English;
            List<string> words = [.. Enumerable.Range(0, 3 + random.Next(8)).Select(_ => filler[random.Next(filler.Length)])];
            words.Insert(random.Next(words.Count), topic[random.Next(topic.Length)]);
            return new Row { Text = string.Join(chinese ? "" : " ", words), Label = (chinese ? ChineseTopics : EnglishTopics)[label].Split(' ')[0] };
        })];
    }

    internal static IDataView View(MLContext context, IEnumerable<Row> rows) => context.Data.LoadFromEnumerable(rows.ToArray());

    /// <summary>A file of the project's data folder.</summary>
    internal static string DataFile(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "data", name);
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException($"data/{name} is in no folder above {AppContext.BaseDirectory}.");
    }
}
