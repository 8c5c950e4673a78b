using MLPipelines.Data;
using MLPipelines.Recommendation;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Recommendation.SideTables;

public sealed class SideTableTests
{
    private static readonly MLContext Context = new(seed: 1);

    private static SideTable Films() => SideTable.Read(new MemoryView()
        .AddText("film", ["Alien", "Brazil", "Casablanca"]).AddText("genres", ["Horror|Science fiction", "Comedy | Science fiction", ""]).Add("year", [1979f, 1985f, float.NaN]).Add("color", [true, true, false]), "film");

    private static Dictionary<string, float> Of(SideTable table, string name)
    {
        Interactions row = table.For(new NameTable([name]));
        return row.ItemsOf(0).ToArray().Zip(row.ValuesOf(0).ToArray()).ToDictionary(pair => table.Features[pair.First], pair => pair.Second);
    }

    [Fact]
    public void Texts_are_features_of_their_own_truths_count_where_they_hold_and_numbers_are_scaled()
    {
        SideTable table = Films();
        Assert.Equal(["Alien", "Brazil", "Casablanca"], table.Names);
        Assert.Equal(new() { ["genres=Horror"] = 1, ["genres=Science fiction"] = 1, ["year"] = -1, ["color"] = 1 }, Of(table, "Alien"));
        Assert.Equal(new() { ["genres=Comedy"] = 1, ["genres=Science fiction"] = 1, ["year"] = 1, ["color"] = 1 }, Of(table, "Brazil"));
        Assert.Empty(Of(table, "Casablanca"));
        Assert.Empty(Of(table, "not there"));
    }

    [Fact]
    public void A_name_that_is_empty_or_comes_twice_is_an_error_that_says_where()
    {
        static SideTable Read(params string[] names) => SideTable.Read(new MemoryView().AddText("film", names).AddText("genre", names), "film", "films.csv");
        Assert.Equal("films.csv: row 2, column 'film': 'Alien' comes twice, expected one row for each.", Assert.Throws<MLPipelinesException>(() => Read("Alien", "Brazil", "Alien")).Message);
        Assert.Equal("films.csv: row 1, column 'film' is empty, expected a name.", Assert.Throws<MLPipelinesException>(() => Read("Alien", "")).Message);
        Assert.Contains("'title'", Assert.Throws<ArgumentException>(() => SideTable.Read(new MemoryView().AddText("film", ["Alien"]).AddText("genre", ["Horror"]), "title")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SideTable.Read(new MemoryView().AddText("film", ["Alien"]), "film"));
    }

    /// <summary>People of two towns like films of two kinds, each their own.</summary>
    private static NamedInteractions Towns(bool described)
    {
        IEnumerable<Interaction> ratings = Enumerable.Range(0, 40).SelectMany(user => Enumerable.Range(0, 30).Where(item => (user + item) % 3 > 0).Select(item => new Interaction($"u{user}", $"i{item}", user % 2 == item % 2 ? 5 : 1)));
        SideTable users = Groups("u", 42), items = Groups("i", 32);
        return described ? NamedInteractions.Of(ratings, DuplicatePairs.Last, users, items) : NamedInteractions.Of(ratings, DuplicatePairs.Last);

        static SideTable Groups(string name, int count) => SideTable.Read(new MemoryView()
            .AddText("name", [.. Enumerable.Range(0, count).Select(i => $"{name}{i}")]).AddText("group", [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? "even" : "odd")]), "name");
    }

    [Fact]
    public void Who_and_what_never_occurred_is_known_by_its_features()
    {
        Recommender model = Recommender.Fit(new BiasedFactorizationMethod(new() { Rank = 2 }), Towns(described: true), Context.Environment);
        // u40, u41, i30 and i31 have no ratings.
        Assert.InRange(model.Score("u40", "i0"), 4, 5);
        Assert.InRange(model.Score("u41", "i0"), 1, 2);
        Assert.InRange(model.Score("u0", "i30"), 4, 5);
        Assert.InRange(model.Score("u41", "i30"), 1, 2);
        Assert.All(model.Recommend("u41", 10), item => Assert.Equal(1, int.Parse(item.Item[1..], System.Globalization.CultureInfo.InvariantCulture) % 2));
        Recommender without = Recommender.Fit(new BiasedFactorizationMethod(new() { Rank = 2 }), Towns(described: false), Context.Environment);
        Assert.Equal(without.Score("u40", "i0"), without.Score("u41", "i0"));
    }

    [Fact]
    public void Features_are_kept_in_files_and_over_updates()
    {
        Recommender model = Recommender.Fit(new BiasedFactorizationMethod(new() { Rank = 2 }), Towns(described: true), Context.Environment), loaded = Reload(model);
        Assert.Equal(model.Score("u41", "i30"), loaded.Score("u41", "i30"));
        Interaction[] news = [new("u41", "i1", 5), new("u99", "i1", 5)];
        Recommender updated = model.Update(news, Context.Environment);
        Assert.Equal(updated.Score("u41", "i30"), loaded.Update(news, Context.Environment).Score("u41", "i30"));
        Assert.InRange(updated.Score("u41", "i30"), 1, 2);
        Assert.True(float.IsFinite(updated.Score("u99", "i30")));
    }

    private static Recommender Reload(Recommender model)
    {
        using var stream = new MemoryStream();
        Context.Model.Save(model, null, stream);
        stream.Position = 0;
        return (Recommender)Context.Model.Load(stream, out _);
    }

    [Fact]
    public void Methods_that_do_not_use_features_learn_as_without()
    {
        NamedInteractions described = Towns(described: true), plain = Towns(described: false);
        foreach (RecommendationMethod method in new RecommendationMethod[] { new EaseMethod(), new ItemNeighboursMethod(), new RatingNeighboursMethod(), new RatingBaselineMethod(), new PopularityMethod() })
        {
            Recommender with = Recommender.Fit(method, described, Context.Environment), without = Recommender.Fit(method, plain, Context.Environment);
            Assert.Equal(without.Score("u1", "i3"), with.Score("u1", "i3"), 1e-4f);
            Assert.True(float.IsFinite(with.Score("u41", "i31")));
        }
    }
}
