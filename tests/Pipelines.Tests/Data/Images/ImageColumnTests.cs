using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Tests.Data.Images;

public sealed class ImageColumnTests
{
    private readonly MLContext _context = new(seed: 1);

    private sealed class Photo
    {
        [ImageType(2, 3)]
        public MLImage? Image { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class AnyPhoto
    {
        public MLImage? Image { get; set; }

        [ImageType]
        public MLImage? Gray { get; set; }
    }

    private static MLImage Create(byte value) => MLImage.CreateFromPixels(3, 2, MLPixelFormat.Bgra32, [.. Enumerable.Repeat(value, 24)]);

    [Fact]
    public void Objects_with_images_become_rows_and_rows_become_objects()
    {
        Photo[] photos = [new() { Image = Create(1), Name = "a" }, new() { Name = "b" }, new() { Image = Create(3), Name = "c" }];
        IDataView data = _context.Data.LoadFromEnumerable(photos);
        Assert.Equal(new ImageDataViewType(2, 3), data.Schema["Image"].Type);
        Assert.Equal("Image<2, 3>", data.Schema["Image"].Type.ToString());
        Photo[] back = [.. _context.Data.CreateEnumerable<Photo>(data, reuseRowObject: false)];
        Assert.Equal(photos.Select(photo => photo.Image), back.Select(photo => photo.Image));
        Assert.Equal([0, 2], _context.Data.CreateEnumerable<AnyPhoto>(data, reuseRowObject: false, ignoreMissingColumns: true).Select((photo, i) => (photo, i)).Where(pair => pair.photo.Image is not null).Select(pair => pair.i));
        Assert.Same(photos[0].Image, data.Preview().RowView[0].Values[0].Value);
        Assert.Same(photos[2].Image, data.GetColumn<MLImage>("Image").Last());
    }

    [Fact]
    public void Rows_with_images_are_shuffled_filtered_cached_and_split()
    {
        IDataView data = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Photo { Image = Create((byte)i), Name = $"{i}" }).ToArray());
        foreach (IDataView view in new[] { _context.Data.ShuffleRows(data, seed: 3), _context.Data.Cache(data), _context.Data.SkipRows(data, 9), _context.Data.TrainTestSplit(data).TrainSet })
            Assert.All(_context.Data.CreateEnumerable<Photo>(view, reuseRowObject: false), photo => Assert.Equal(photo.Name, $"{photo.Image!.Pixels[0]}"));
    }

    [Fact]
    public void A_model_over_images_predicts_after_it_was_saved()
    {
        IDataView data = _context.Data.LoadFromEnumerable(new[] { new Photo { Image = Create(100) } });
        ITransformer model = _context.Transforms.ConvertToGrayscale("Gray", "Image").Fit(data);
        using var stream = new MemoryStream();
        _context.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _context.Model.Load(stream, out DataViewSchema schema);
        Assert.Equal(data.Schema.ToString(), schema.ToString());
        using var engine = _context.Model.CreatePredictionEngine<Photo, AnyPhoto>(loaded);
        Assert.Equal(100, engine.Predict(new Photo { Image = Create(100) }).Gray!.Pixels[0]);
        Assert.Null(engine.Predict(new Photo()).Gray);
    }

    [Fact]
    public void A_step_for_values_refuses_images()
    {
        var data = new MemoryView().AddImages("Image", [Create(1)]);
        Exception[] errors =
        [
            Assert.ThrowsAny<Exception>(() => _context.Transforms.Conversion.ConvertType("X", "Image").Fit(data)),
            Assert.ThrowsAny<Exception>(() => _context.Transforms.Conversion.MapValueToKey("X", "Image").Fit(data)),
            Assert.ThrowsAny<Exception>(() => _context.Transforms.Concatenate("X", "Image").Fit(data)),
            Assert.ThrowsAny<Exception>(() => _context.Transforms.NormalizeMinMax("X", "Image").Fit(data)),
            Assert.ThrowsAny<Exception>(() => _context.Data.SaveAsText(data, new MemoryStream())),
            Assert.ThrowsAny<Exception>(() => _context.Data.SaveAsBinary(data, new MemoryStream())),
        ];
        Assert.All(errors, error =>
        {
            Assert.True(error is ArgumentException or NotSupportedException or MLPipelinesException, error.GetType().ToString());
            Assert.Contains("Image", error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("image", 0, 0)]
    [InlineData("image<224,160>", 224, 160)]
    public void The_type_has_a_name_in_model_files(string name, int height, int width)
    {
        ImageDataViewType type = height == 0 ? new() : new(height, width);
        Assert.Equal(name, DataViewTypeNames.Format(type));
        Assert.Equal(type, DataViewTypeNames.Parse(name));
        Assert.ThrowsAny<Exception>(() => DataViewTypeNames.Parse("image<0,3>"));
    }
}
