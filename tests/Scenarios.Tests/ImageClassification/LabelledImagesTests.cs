using MLPipelines.Data;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.Scenarios.Reports;
using MLPipelines.Vision;

namespace MLPipelines.Scenarios.Tests.ImageClassification;

public class LabelledImagesTests
{
    [Fact]
    public void A_split_has_the_share_of_each_class_and_depends_on_the_seed_alone()
    {
        LabelledImages shapes = ImageInput.Open(ImageInputTests.Shapes()).Train;
        var (train, test) = shapes.Split(0.2, 1);
        Assert.Equal([48, 48, 48], train.Counts);
        Assert.Equal([12, 12, 12], test.Counts);
        Assert.Equal(shapes.Images.Select(image => image.Name), train.Images.Concat(test.Images).Select(image => image.Name).Order(StringComparer.Ordinal));
        Assert.Equal(test.Images, shapes.Split(0.2, 1).Test.Images);
        Assert.NotEqual(test.Images, shapes.Split(0.2, 2).Test.Images);
    }

    [Fact]
    public void Small_classes_stay_on_both_sides()
    {
        var set = Set(("a", 1), ("b", 2), ("b", 3), ("c", 4), ("c", 5), ("c", 6));
        var (train, test) = set.Split(0.9, 1);
        Assert.Equal([1, 1, 1], train.Counts);
        Assert.Equal([0, 1, 2], test.Counts);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Split(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Split(0, 1));
    }

    [Fact]
    public void Numbers_are_ordered_by_size_and_names_by_code_points()
    {
        Assert.Equal(["2", "10", "11"], Set(("10", 1), ("2", 2), ("11", 3)).Classes);
        Assert.Equal(["10", "2", "B", "a"], Set(("a", 1), ("2", 2), ("10", 3), ("B", 4)).Classes);
    }

    [Fact]
    public void Unreadable_pictures_are_named_and_left_out()
    {
        LabelledImages set = Set(("a", 1), ("b", 0), ("a", 3));
        ImageReading<int> read = set.ReadAll(image => (int)image.Pixels[0]);
        Assert.Equal([1, 3], read.Values);
        Assert.Equal(["a", "a"], read.Images.Images.Select(image => image.Label));
        Assert.Equal(["a", "b"], read.Images.Classes);
        UnreadableImage unreadable = Assert.Single(read.Unreadable);
        Assert.Same(set.Images[1], unreadable.Image);
        Assert.StartsWith("1.pgm: ", unreadable.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_are_all_unreadable_are_an_error()
    {
        LabelledImages set = Set(("a", 0), ("b", 0));
        var error = Assert.Throws<MLPipelinesException>(() => set.ReadAll(image => image.Width));
        Assert.StartsWith("test: none of the 2 pictures can be read. The first: 0.pgm: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_gone_is_unreadable()
    {
        var gone = new EncodedImage(new ImageFile("gone.png", "/absent/gone.png", null), "a", ImageLimits.Default);
        Assert.StartsWith("gone.png cannot be read: ", Assert.Throws<MLPipelinesException>(gone.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_made_of_a_picture_may_fail_as_it_likes() =>
        Assert.Throws<InvalidOperationException>(() => Set(("a", 1), ("b", 2)).ReadAll<int>(_ => throw new InvalidOperationException()));

    [Fact]
    public void Reading_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Set(("a", 1), ("b", 2)).ReadAll(image => image.Width, cancelled.Token));
    }

    [Fact]
    public void Duplicates_are_noticed()
    {
        LabelledImages train = Set(("a", 1), ("b", 2), ("a", 2), ("a", 1)), test = Set(("b", 9), ("b", 1), ("b", 2));
        Assert.Equal([(0, 1, true), (1, 2, false)], ImageDuplicates.Across(train, test).Select(pair => (IndexOf(train, pair.First), IndexOf(test, pair.Second), pair.LabelsDiffer)));
        Assert.Equal([(1, 2, true), (0, 3, false)], ImageDuplicates.Within(train).Select(pair => (IndexOf(train, pair.First), IndexOf(train, pair.Second), pair.LabelsDiffer)));
    }

    [Fact]
    public void Classes_are_listed_with_their_counts()
    {
        TextTable table = ImageSetTable.Of(Set(("a", 1), ("b", 2), ("a", 3)), Set(("b", 1), ("c", 1)));
        Assert.Equal([["a", "2", "0"], ["b", "1", "1"], ["c", "0", "1"], ["all", "3", "2"]], table.Rows);
    }

    [Fact]
    public void Unreadable_pictures_are_left_out_and_named()
    {
        ImageReading<byte> read = Set(("b", 7), ("a", 0), ("a", 9)).ReadAll(image => image.Pixels[0]);
        Assert.Equal(["b", "a"], read.Images.Images.Select(image => image.Label));
        Assert.Equal([7, 9], read.Values);
        Assert.Equal("1.pgm", Assert.Single(read.Unreadable).Image.Name);
    }

    [Fact]
    public void Drawn_shapes_have_one_size_and_colours()
    {
        LabelledImages shapes = ImageInput.Open(ImageInputTests.Shapes()).Train;
        Assert.Equal(new ImageProfile(180, 3, 32, 32, HaveOneSize: true, AreGray: false), ImageProfile.Of(shapes));
        Assert.Equal(new ImageProfile(2, 2, 1, 1, HaveOneSize: true, AreGray: true), ImageProfile.Of(Set(("a", 1), ("b", 2))));
    }

    private static int IndexOf(LabelledImages set, LabelledImage image) => set.Images.ToList().IndexOf(image);

    /// <summary>Pictures of one pixel of a colour; those of colour 0 are damaged.</summary>
    private static LabelledImages Set(params (string Label, byte Color)[] images) => new("test",
        [.. images.Select((image, i) => new EncodedImage(new ImageFile($"{i}.pgm", null, image.Color == 0 ? [1, 2] : [.. "P5 1 1 255\n"u8, image.Color]), image.Label, ImageLimits.Default))]);
}
