using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MLPipelines.Cli.Tests.Train;

public sealed class RecommendationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Users who like apples rate fruits high and tools low, the others the other way round.</summary>
    private static string Ratings(char separator = ',', int users = 30)
    {
        string[] items = ["apple", "pear", "plum", "saw", "hammer", "nail"];
        var text = new StringBuilder($"user{separator}item{separator}rating\n");
        for (int user = 0; user < users; user++)
        {
            for (int item = 0; item < items.Length; item++)
            {
                if ((user + item) % 5 == 0) continue;
                int rating = (user % 2 == 0) == (item < 3) ? 5 : 1;
                text.Append(CultureInfo.InvariantCulture, $"u{user}{separator}{items[item]}{separator}{rating}\n");
            }
        }
        return text.ToString();
    }

    private CommandRun Train(string data, params string[] more) => CommandRun.Of(["train", "recommendation", "--dataset", data, "--output", _folder["m.zip"], .. more]);

    private string Shop(params string[] more)
    {
        Train(Samples.ShopEvents, ["--user-col", "customer", "--item-col", "product", "--trainer", "ease", .. more]).Succeeded();
        return _folder["m.zip"];
    }

    private static string[] Lines(CommandRun run) => run.Succeeded().Out.TrimEnd('\n').Split('\n');

    [Fact]
    public void Events_are_learned_from_and_measured_beside_the_most_popular_items()
    {
        CommandRun run = Train(Samples.ShopEvents, "--user-col", "customer", "--json").Succeeded();
        Assert.Contains("implicit feedback, weights of the events in column 'event': view 1 (2,683), cart 3 (1,019), purchase 5 (623)", run.Error, StringComparison.Ordinal);
        Assert.Contains("baseline ndcg@10", run.Error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement metrics = json.RootElement.GetProperty("metrics");
        Assert.Equal(["ndcg@10", "recall@10", "hitRate@10", "coverage"], metrics.EnumerateObject().Select(metric => metric.Name));
        Assert.InRange(metrics.GetProperty("ndcg@10").GetDouble(), 0.5, 1);
        Assert.Equal(4325, json.RootElement.GetProperty("rows").GetProperty("train").GetInt32());
    }

    [Fact]
    public void Ratings_are_learned_from_and_their_errors_measured()
    {
        string data = _folder.Write("r.csv", Ratings());
        CommandRun run = Train(data, "--split", "0.2", "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.InRange(json.RootElement.GetProperty("metrics").GetProperty("rmse").GetDouble(), 0, 1.5);
        Assert.True(json.RootElement.GetProperty("metrics").TryGetProperty("mae", out _));
        // Apples are for even users, saws for odd ones.
        string pairs = _folder.Write("p.csv", "user,item\nu0,apple\nu0,saw\nu1,apple\nu1,saw\nnew,apple\nu0,new\n");
        double[] scores = [.. Lines(CommandRun.Of("predict", _folder["m.zip"], "--dataset", pairs)).Skip(1).Take(6).Select(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))];
        Assert.True(scores[0] > scores[1] + 1 && scores[3] > scores[2] + 1, string.Join(' ', scores));
        Assert.All(scores, score => Assert.InRange(score, 0, 6));
    }

    [Fact]
    public void Rows_of_another_file_measure_and_may_have_new_users_and_items()
    {
        string data = _folder.Write("r.csv", Ratings()), test = _folder.Write("t.csv", "user,item,rating\nu0,apple,5\nnew,apple,3\nu1,gadget,4\n");
        Assert.Contains("Metrics on 3 pairs of", Train(data, "--test-dataset", test, "--trainer", "rating-baseline").Succeeded().Out, StringComparison.Ordinal);
        CommandRun run = CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", test, "--json").Succeeded();
        Assert.Contains("1 user and 1 item of", run.Error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal(["rmse", "mae", "ndcg@10", "recall@10", "hitRate@10", "coverage"], json.RootElement.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
    }

    [Fact]
    public void Evaluating_on_what_was_learned_says_that_there_is_nothing_to_recommend() =>
        Assert.Contains("what a user has is not recommended again", CommandRun.Of("evaluate", Shop(), "--dataset", Samples.ShopEvents).Succeeded().Error, StringComparison.Ordinal);

    [Fact]
    public void A_user_gets_a_list_without_what_the_user_has()
    {
        string model = Shop();
        string[] lines = Lines(CommandRun.Of("recommend", model, "--user", "C-1010", "--count", "5", "--explain"));
        Assert.Equal("user,rank,item,score,because", lines[0]);
        Assert.Equal(6, lines.Length);
        Assert.StartsWith("C-1010,1,", lines[1], StringComparison.Ordinal);
        HashSet<string> had = [.. File.ReadLines(Samples.ShopEvents).Select(line => line.Split(',')).Where(cells => cells[1] == "C-1010").Select(cells => cells[3])];
        Assert.All(lines.Skip(1), line => Assert.DoesNotContain(line.Split(',')[2], had));
        Assert.All(lines.Skip(1).Take(1), line => Assert.Contains(line.Split(',')[4].Split("; ")[0], had));
        string[] all = Lines(CommandRun.Of("recommend", model, "--user", "C-1010", "--count", "51", "--include-seen"));
        Assert.Equal(52, all.Length);
    }

    [Fact]
    public void Users_of_a_file_are_answered_one_after_the_other()
    {
        string model = Shop();
        CommandRun run = CommandRun.With(new MemoryStream(Encoding.UTF8.GetBytes("C-1010\nnobody\n")), default, "recommend", model, "--users", "-", "--count", "2");
        string[] lines = Lines(run);
        Assert.Equal(["user", "C-1010", "C-1010", "nobody", "nobody"], lines.Select(line => line.Split(',')[0]));
        Assert.Contains("1 of 2 users unknown to", run.Error, StringComparison.Ordinal);
        string table = _folder.Write("u.csv", "name,customer\nAnn,C-1011\n");
        Assert.Equal(3, Lines(CommandRun.Of("recommend", model, "--users", table, "--count", "2")).Length);
    }

    [Fact]
    public void A_basket_and_an_item_are_answered_without_a_user()
    {
        string model = Shop();
        CommandRun basket = CommandRun.Of("recommend", model, "--basket", "Whiteboard,Marker sett", "--count", "2");
        Assert.Equal("rank,item,score", Lines(basket)[0]);
        Assert.Contains("does not know the item 'Marker sett'. Did you mean 'Marker set'?", basket.Error, StringComparison.Ordinal);
        Assert.Contains(Lines(CommandRun.Of("recommend", model, "--similar-to", "Whiteboard", "--count", "3")), line => line.Contains("Marker set", StringComparison.Ordinal));
    }

    [Fact]
    public void Inspecting_tells_method_and_columns()
    {
        string shown = CommandRun.Of("inspect", Shop()).Succeeded().Out;
        foreach (string part in new[] { "recommender", "EASE-R", "customer", "eventColumn", "420" }) Assert.Contains(part, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("last")]
    [InlineData("time")]
    [InlineData("ratio")]
    public void What_is_set_aside_is_as_asked_for(string by) => Assert.Contains("Metrics on", Train(Samples.ShopEvents, "--user-col", "customer", "--trainer", "popularity", "--split-by", by).Succeeded().Out, StringComparison.Ordinal);

    [Fact]
    public void Weights_half_life_and_duplicates_are_as_asked_for()
    {
        CommandRun run = Train(Samples.ShopEvents, "--user-col", "customer", "--trainer", "item-neighbours", "--event-weights", "view=0,cart=2", "--half-life", "30", "--duplicates", "mean");
        Assert.Contains("2,683 rows left out for an event without weight in 'event'; the first is row 2.", run.Succeeded().Error, StringComparison.Ordinal);
        Assert.Contains("cart 2 (1,019)", run.Error, StringComparison.Ordinal);
        Assert.Contains("their mean counts", run.Error, StringComparison.Ordinal);
        Assert.Contains("eventWeights  view=0,cart=2", CommandRun.Of("inspect", _folder["m.zip"]).Succeeded().Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user,item\n,a\nu,\nv,b\nv,c\n", "1 row left out for an empty 'user': row 2.", "1 row left out for an empty 'item': row 3.")]
    [InlineData("user,item\n7,a\nseven,12\n007,12\n", "3 users have one event")]
    [InlineData("user,item,rating\nu,a,5\nu,a,1\nv,a,2\nv,b,3\n", "1 row repeats a pair of user and item: the last counts.")]
    public void What_is_odd_in_a_file_is_told(string data, params string[] notes)
    {
        CommandRun run = Train(_folder.Write("d.csv", data), "--has-header", "true").Succeeded();
        foreach (string note in notes) Assert.Contains(note, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d.csv row 3, column 'rating': found '7', expected a rating from 1 to 5.", "user,item,rating\nu,a,5\nu,b,7\n", "--rating-range", "1,5")]
    [InlineData("d.csv row 3, column 'rating': found 'good', expected a number.", "user,item,rating\nu,a,5\nu,b,good\n")]
    [InlineData("d.csv row 3, column 'event': found 'wish', expected an event with a weight: view 1, cart 3, purchase 5, or one whose weight is given, as in wish=1.", "user,item,event\nu,a,view\nu,b,wish\n")]
    [InlineData("d.csv row 3, column 'time': found 'later', expected a time as 2024-01-31 as in the rows before.", "user,item,time\nu,a,2024-01-01\nu,b,later\n")]
    [InlineData("d.csv has no row that counts: there is nothing to recommend from. 1 row left out for an empty 'user': row 2.", "user,item\n,a\n")]
    [InlineData("--user-col is needed: the column of users. Its columns are: who, item.", "who,item\nu,a\n")]
    [InlineData("--item-col is needed: the column of items. Its columns are: user, what.", "user,what\nu,a\n")]
    [InlineData("--rating-col: d.csv has no column 'ratting'. Did you mean 'rating'? Its columns are: user, item, rating.", "user,item,rating\nu,a,5\n", "--rating-col", "ratting")]
    [InlineData("--trainer: there is no trainer 'easy' for implicit feedback. Did you mean 'ease'? The trainers are: ease, item-neighbours, als, bpr, popularity.", "user,item\nu,a\n", "--trainer", "easy")]
    [InlineData("--trainer: there is no trainer 'ease' for ratings (--implicit has others). The trainers are: factorization, rating-neighbours, rating-baseline.", "user,item,rating\nu,a,5\n", "--trainer", "ease")]
    [InlineData("--event-weights: found 'view', expected an event and a number of at least 0, such as wishlist=2.", "user,item\nu,a\n", "--event-weights", "view")]
    [InlineData("--rating-range: found '5,1', expected the least and the highest rating, such as 1,5.", "user,item\nu,a\n", "--rating-range", "5,1")]
    [InlineData("--split: with --split-by last, one item of each user is set aside, not a share.", "user,item\nu,a\n", "--split", "0.2", "--split-by", "last")]
    [InlineData("Nothing is left to measure on: no user has two items.", "user,item\nu,a\nv,a\n", "--split", "0.5")]
    [InlineData("A split by time needs a column of times.", "user,item\nu,a\nu,b\n", "--split", "0.5", "--split-by", "time")]
    [InlineData("Recommendation: a half-life needs a column of times.", "user,item\nu,a\n", "--half-life", "7")]
    [InlineData("Recommendation: 'user' is the column of users and of items; expected two columns.", "user,item\nu,a\n", "--item-col", "user")]
    public void Bad_input_has_one_clear_sentence(string message, string data, params string[] options)
    {
        string path = _folder.Write("d.csv", data);
        Assert.Equal(message.Replace("d.csv", path, StringComparison.Ordinal), Train(path, ["--has-header", "true", .. options]).Refused());
    }

    [Fact]
    public void What_cannot_be_recommended_for_is_refused()
    {
        string model = Shop();
        Assert.StartsWith("Say whom or what to recommend for: one of", CommandRun.Of("recommend", model).Refused(), StringComparison.Ordinal);
        Assert.StartsWith("Say whom or what to recommend for: one of", CommandRun.Of("recommend", model, "--user", "a", "--basket", "b").Refused(), StringComparison.Ordinal);
        Assert.Equal($"--similar-to: {model} does not know the item 'Whitebord'. Did you mean 'Whiteboard'?", CommandRun.Of("recommend", model, "--similar-to", "Whitebord").Refused());
        Assert.Equal("--explain: that is for users, not for a basket or an item.", CommandRun.Of("recommend", model, "--basket", "Whiteboard", "--explain").Refused());
        Assert.StartsWith($"--users: {Samples.Tickets} has no column 'customer', which {model} knows users by.", CommandRun.Of("recommend", model, "--users", Samples.Tickets).Refused(), StringComparison.Ordinal);
        string texts = _folder.Write("t.csv", Samples.Texts());
        CommandRun.Of("train", "text-classification", "--dataset", texts, "--label-col", "label", "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains("is no recommender: 'mlp train recommendation' makes one.", CommandRun.Of("recommend", _folder["t.zip"], "--user", "a").Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_users_and_items_make_those_known_that_never_occurred()
    {
        string users = "name,town\n" + string.Concat(Enumerable.Range(0, 32).Select(user => string.Create(CultureInfo.InvariantCulture, $"u{user},{(user % 2 == 0 ? "Orchard" : "Forge")}\n")));
        Train(_folder.Write("ratings.csv", Ratings()), "--trainer", "factorization", "--user-features", _folder.Write("users.csv", users)).Succeeded();
        string[] fruits = ["apple", "pear", "plum"];
        string[] Best(string user) => [.. Lines(CommandRun.Of("recommend", _folder["m.zip"], "--user", user, "--count", "3"))[1..].Select(line => line.Split(',')[2])];
        Assert.Equal(fruits.Order(), Best("u30").Order());
        Assert.Empty(Best("u31").Intersect(fruits));
        Assert.Contains("--item-features: there is no file", Train(_folder["ratings.csv"], "--item-features", "absent.csv").Error, StringComparison.Ordinal);
    }
}
