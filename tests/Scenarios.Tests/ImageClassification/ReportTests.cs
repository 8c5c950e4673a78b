using System.Text.RegularExpressions;
using MLPipelines.Data;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Scenarios.Tests.ImageClassification;

public class ReportTests(TrainedMarks trained) : IClassFixture<TrainedMarks>
{
    [Theory]
    [InlineData(0, 0, "at the top left")]
    [InlineData(10, 10, "at the bottom right")]
    [InlineData(5, 5, "in the middle")]
    public void Covering_the_mark_matters_most(int x, int y, string place)
    {
        using MLImage image = Marks.Picture(new Random(5), (x, y));
        OcclusionMap map = OcclusionMap.Of(trained.Classifier, image);
        Assert.Equal("marked", map.Label);
        Assert.True(map.LeastProbability < map.Probability);
        Assert.Equal(Marks.Side * Marks.Side, map.Weights.Count);
        Assert.Equal(1, map.Weights.Max(Math.Abs));
        // What speaks for the mark is where it is.
        double inside = Mean(map, (column, row) => column >= x && column < x + Marks.Square && row >= y && row < y + Marks.Square);
        double outside = Mean(map, (column, row) => column < x - 3 || column >= x + Marks.Square + 3 || row < y - 3 || row >= y + Marks.Square + 3);
        Assert.True(inside > outside + 0.2, $"{inside} inside, {outside} outside");
        Assert.Equal(place, map.Place);
    }

    [Fact]
    public void A_label_may_be_chosen_and_must_be_known()
    {
        using MLImage image = Marks.Picture(new Random(5), (4, 4));
        Assert.Equal("plain", OcclusionMap.Of(trained.Classifier, image, "plain").Label);
        Assert.Contains("marked, plain", Assert.Throws<ArgumentException>(() => OcclusionMap.Of(trained.Classifier, image, "cat")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heat_map_is_orange_where_weights_are_positive()
    {
        using MLImage image = Marks.Picture(new Random(5), (1, 1));
        OcclusionMap map = OcclusionMap.Of(trained.Classifier, image);
        using MLImage drawn = HeatMapDrawing.Draw(map, 100);
        Assert.Equal((112, 112), (drawn.Width, drawn.Height));
        int most = map.Weights.ToList().IndexOf(1), at = 4 * ((most / 16 * 7 + 3) * 112 + most % 16 * 7 + 3);
        Assert.True(drawn.Pixels[at + 2] > drawn.Pixels[at] + 80);
    }

    [Fact]
    public void The_most_wrong_come_first()
    {
        LabelledImages set = Marks.Set(4);
        ScoredImage Scored(int i, float marked) => new(set.Images[i], new ImagePrediction(LabelProbability.Rank(["marked", "plain"], [marked, 1 - marked])));
        ScoredImage right = Scored(0, 0.9f), wrong = Scored(1, 0.6f), worse = Scored(2, 0.1f), worst = Scored(3, 0.95f);
        Assert.Equal([worst, worse, wrong], ScoredImage.MostWrong([right, wrong, worse, worst], 10));
        Assert.Equal([worst], ScoredImage.MostWrong([right, wrong, worse, worst], 1));
    }

    [Fact]
    public void A_contact_sheet_describes_its_pictures_and_needs_no_other_file()
    {
        LabelledImage image = Marks.Set(1).Images[0];
        var page = new HtmlPage("Marks");
        ContactSheet.AddMostWrong(page, trained.Classifier, [new ScoredImage(image, new ImagePrediction([new("plain", 0.8f), new("marked", 0.2f)]))]);
        string html = page.ToString();
        MatchCollection images = Regex.Matches(html, "<img [^>]*>");
        Assert.Equal(2, images.Count);
        Assert.All(images, tag => Assert.Matches("alt=\"[^\"]{10,}\" src=\"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+\"", tag.Value));
        Assert.Contains("The picture it got wrong", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        foreach (Match data in Regex.Matches(html, "base64,([A-Za-z0-9+/=]+)")) Assert.InRange(MLImage.CreateFromBytes(Convert.FromBase64String(data.Groups[1].Value)).Width, 16, 2 * 144);
    }

    [Fact]
    public void Large_pictures_are_shown_small()
    {
        using var photo = MLImage.CreateFromPixels(1200, 800, MLPixelFormat.Bgra32, new byte[4 * 1200 * 800]);
        PageImage image = PageImage.Of(photo, 144, "a dark photo");
        Assert.Equal((144, 96), (image.Width, image.Height));
        Assert.StartsWith("data:image/jpeg;base64,", image.Address, StringComparison.Ordinal);
        Assert.InRange(image.Address.Length, 100, 20_000);
    }

    private static double Mean(OcclusionMap map, Func<int, int, bool> isIn) => map.Weights.Where((_, i) => isIn(i % Marks.Side, i / Marks.Side)).Average();
}
