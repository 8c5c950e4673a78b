#if MLNET
using Microsoft.ML.Data;
#else
using MLPipelines.Data;
#endif

namespace MLPipelines.MLNetFiles;

public sealed class Issue
{
    public string ID { get; set; } = "1";

    public string Area { get; set; } = "";

    public string Title { get; set; } = "";

    public string Description { get; set; } = "";

    internal static Issue[] Some() => [.. Texts.Words(32, 12).Zip(Texts.Words(32, 90), (title, text) => new Issue { Title = title, Description = text })];
}

public sealed class Review
{
    [ColumnName("col0")]
    public string Text { get; set; } = "";

    public bool Label { get; set; }

    internal static Review[] Some() => [.. Texts.Words(32, 14).Select(text => new Review { Text = text })];
}

public sealed class Trip
{
    public string VendorId { get; set; } = "";

    public string RateCode { get; set; } = "";

    public float PassengerCount { get; set; }

    public float TripTime { get; set; }

    public float TripDistance { get; set; }

    public string PaymentType { get; set; } = "";

    public float FareAmount { get; set; }

    internal static Trip[] Some()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 1000).Select(_ => new Trip
        {
            VendorId = random.Next(2) == 0 ? "VTS" : "CMT", RateCode = random.Next(10) == 0 ? "2" : "1", PaymentType = random.Next(2) == 0 ? "CRD" : "CSH",
            PassengerCount = random.Next(1, 6), TripTime = random.Next(120, 3000), TripDistance = (float)(random.NextDouble() * 12),
        })];
    }
}

/// <summary>The career of a baseball player.</summary>
public sealed class Player
{
    public bool InductedToHallOfFame { get; set; }

    public bool OnHallOfFameBallot { get; set; }

    public string FullPlayerName { get; set; } = "";

    public float YearsPlayed { get; set; }

    public float AB { get; set; }

    public float R { get; set; }

    public float H { get; set; }

    public float Doubles { get; set; }

    public float Triples { get; set; }

    public float HR { get; set; }

    public float RBI { get; set; }

    public float SB { get; set; }

    public float BattingAverage { get; set; }

    public float SluggingPct { get; set; }

    public float AllStarAppearances { get; set; }

    public float TB { get; set; }

    public float TotalPlayerAwards { get; set; }

    public float LastYearPlayed { get; set; }

    public string ID { get; set; } = "";

    internal static Player[] Some()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 1000).Select(_ =>
        {
            float years = random.Next(5, 24), bats = years * random.Next(200, 600), average = 0.2f + 0.15f * random.NextSingle(), hits = bats * average;
            return new Player
            {
                YearsPlayed = years, AB = bats, H = hits, BattingAverage = average, R = hits * random.NextSingle(), Doubles = hits / 5, Triples = hits / 25, HR = random.Next(700), RBI = hits * 0.6f,
                SB = random.Next(500), SluggingPct = average + 0.2f * random.NextSingle(), AllStarAppearances = random.Next(12), TB = hits * 1.6f, TotalPlayerAwards = random.Next(6), LastYearPlayed = random.Next(1920, 2010),
            };
        })];
    }
}

/// <summary>What regression and binary classification give.</summary>
public sealed class Score
{
    [ColumnName("Score")]
    public float Value { get; set; }
}

/// <summary>What multiclass classification gives.</summary>
public sealed class Scores
{
    [ColumnName("Score")]
    public float[] Values { get; set; } = [];
}

internal static class Texts
{
    private static readonly string[] Vocabulary = ("the a of and to is was it not this that really very good bad film plot actors boring great waste of time crash when calling method with null "
        + "argument throws exception test fails on Linux build of System.Net HttpClient request timeout socket performance regression in JSON serializer after update").Split(' ');

    internal static IEnumerable<string> Words(int texts, int words)
    {
        var random = new Random(words);
        return [.. Enumerable.Range(0, texts).Select(_ => string.Join(' ', Enumerable.Range(0, words).Select(_ => Vocabulary[random.Next(Vocabulary.Length)])))];
    }
}
