using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.AutoML.Tests.Tables;

/// <summary>Small tables whose answers can be learned.</summary>
internal static class SomeTables
{
    /// <summary>Two numbers, a category and a label of two texts.</summary>
    internal static IDataView TwoClasses(int rows = 400, int seed = 1)
    {
        var random = new Random(seed);
        var (x, y, city, answer) = (new float[rows], new float[rows], new string[rows], new string[rows]);
        for (int i = 0; i < rows; i++)
        {
            (x[i], y[i]) = (random.NextSingle() * 10, random.NextSingle());
            city[i] = ((string[])["Rome", "Oslo", "Lima"])[random.Next(3)];
            double margin = x[i] - 5 + (city[i] == "Oslo" ? 2 : 0) + random.NextDouble();
            answer[i] = margin > 0 ? "yes" : "no";
        }
        return new MemoryView().Add("X", x).Add("Y", y).AddText("City", city).AddText("Answer", answer);
    }

    /// <summary>A number that hangs on two others.</summary>
    internal static IDataView Numbers(int rows = 400, int seed = 1)
    {
        var random = new Random(seed);
        var (x, y, price) = (new float[rows], new float[rows], new float[rows]);
        for (int i = 0; i < rows; i++)
        {
            (x[i], y[i]) = (random.NextSingle() * 10, random.NextSingle() * 3);
            price[i] = (3 * x[i]) - (y[i] * y[i]) + random.NextSingle();
        }
        return new MemoryView().Add("X", x).Add("Y", y).Add("Price", price);
    }

    /// <summary>Sentences of three topics.</summary>
    internal static IDataView Texts(int rows = 240)
    {
        string[][] words = [["card", "bank", "pay", "money"], ["rain", "sun", "cloud", "wind"], ["ball", "goal", "team", "match"]];
        var random = new Random(3);
        var (text, topic) = (new string[rows], new string[rows]);
        for (int i = 0; i < rows; i++)
        {
            int which = i % 3;
            topic[i] = ((string[])["finance", "weather", "sport"])[which];
            text[i] = string.Join(' ', Enumerable.Range(0, 6).Select(j => j % 3 == 0 ? words[which][random.Next(4)] : ((string[])["the", "a", "of", "and", "with"])[random.Next(5)]));
        }
        return new MemoryView().AddText("Text", text).AddText("Topic", topic);
    }
}
