using System.Globalization;
using System.Text;

namespace MLPipelines.Cli.Tests;

/// <summary>Data that tests train on.</summary>
internal static class Samples
{
    /// <summary>The support tickets of the repository.</summary>
    internal static string Tickets { get; } = System.IO.Path.Combine(Root(), "data", "support-tickets.csv");

    /// <summary>The monthly accounts of the repository.</summary>
    internal static string Accounts { get; } = System.IO.Path.Combine(Root(), "data", "monthly-accounts.csv");

    internal static string NewTickets { get; } = System.IO.Path.Combine(Root(), "data", "new-tickets.csv");

    /// <summary>The requests of the repository, a metric by hours.</summary>
    internal static string Requests { get; } = System.IO.Path.Combine(Root(), "data", "web-requests.csv");

    internal static string NewRequests { get; } = System.IO.Path.Combine(Root(), "data", "new-web-requests.csv");

    /// <summary>The shop's events of the repository.</summary>
    internal static string ShopEvents { get; } = System.IO.Path.Combine(Root(), "data", "shop-events.csv");

    private static readonly string[] Fruits = ["a ripe apple from the orchard", "sweet pear in the basket", "an apple and a pear", "pear tree with fruit", "apple juice and apple pie"];
    private static readonly string[] Tools = ["a hammer for the nails", "saw and hammer in the shed", "the saw cuts wood", "nails, screws and a saw", "hammer the nails home"];

    /// <summary>Texts about fruits and tools that are easy to tell apart.</summary>
    internal static string Texts(char separator = ',', bool header = true, int copies = 4)
    {
        var text = new StringBuilder(header ? $"text{separator}label\n" : "");
        for (int copy = 0; copy < copies; copy++)
        {
            for (int i = 0; i < Fruits.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"\"{Fruits[i]} {copy}\"{separator}fruit\n");
                text.Append(CultureInfo.InvariantCulture, $"\"{Tools[i]} {copy}\"{separator}tool\n");
            }
        }
        return text.ToString();
    }

    /// <summary>A table whose number is 3 a − 2 b + 5 where kind is x, and 10 more where it is y.</summary>
    internal static string Table(int rows = 200, char separator = ',', char decimalMark = '.')
    {
        var random = new Random(7);
        var text = new StringBuilder($"id{separator}day{separator}a{separator}b{separator}kind{separator}good{separator}target\n");
        for (int i = 0; i < rows; i++)
        {
            double a = Math.Round(random.NextDouble() * 10, 2), b = Math.Round(random.NextDouble() * 10, 2);
            string kind = i % 2 == 0 ? "x" : "y";
            double target = (3 * a) - (2 * b) + 5 + (kind == "y" ? 10 : 0);
            string[] cells = [$"R-{i + 1000}", $"2025-01-{(i % 28) + 1:00}", Number(a), Number(b), kind, a > b ? "yes" : "no", Number(target)];
            text.AppendJoin(separator, cells).Append('\n');
        }
        return text.ToString();

        string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', decimalMark);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "MLPipelines.sln"))) folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("MLPipelines.sln is in no folder above the tests.");
    }
}
