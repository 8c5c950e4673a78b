using MLPipelines.Data;
using MLPipelines.Transforms;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Images;

/// <summary>Collects pictures, finds the size that they are brought to, whether all are grey, and the mean and deviation of their samples.</summary>
internal sealed class PictureCollection
{
    private const int SampleCount = 64;

    private readonly PictureColumn _column;
    private readonly (int Height, int Width)? _size;
    private readonly long _room;
    private readonly bool _isGiven;
    private readonly List<byte[]>? _files;
    private List<MLImage>? _first;
    private PictureInput? _input;
    private byte[]? _samples = [];
    private int _count;
    private bool _isGrey;
    private readonly long[] _sums = new long[3], _squares = new long[3];

    internal PictureCollection(PictureColumn column, PictureInput? input, (int Height, int Width)? size, long room, bool keepsColors)
    {
        _isGrey = !keepsColors;
        (_column, _input, _size, _room) = (column, input, size, Math.Min(room, Array.MaxLength));
        _isGiven = input is { Mean.Count: > 0 };
        if (input is null) _first = [];
        if (column is EncodedColumn) _files = [];
    }

    /// <summary>Takes the pictures of some rows.</summary>
    internal void Add(Batch batch, ReadOnlySpan<int> rows)
    {
        if (_column is not SizedColumn sized)
        {
            int size = _input!.Shape.Size;
            foreach (int row in rows) _column.Read(batch, row, _input, Room(1).Span[..size]);
            return;
        }
        int[] all = rows.ToArray();
        var images = new MLImage[all.Length];
        if (_files is not null) foreach (int row in all) _files.Add(((EncodedColumn)sized).BytesOf(batch, row).ToArray());
        if (_column is EncodedColumn) ParallelRows.Run(all.Length, i => images[i] = sized.ImageOf(batch, all[i]));
        else for (int i = 0; i < all.Length; i++) images[i] = sized.ImageOf(batch, all[i]);
        if (_first is null)
        {
            Take(images);
            return;
        }
        _first.AddRange(images);
        if (_first.Count >= SampleCount) TakeFirst();
    }

    /// <summary>The pictures and how they come into the network.</summary>
    internal (IImageSet Images, PictureInput Input) Complete()
    {
        if (_first is not null) TakeFirst();
        PictureInput input = _input!;
        if (!_isGiven && input.Range is null && _isGrey) input = ToGrey(input);
        if (!_isGiven) input = input with { Mean = Channels(input, MeanOf), Deviation = Channels(input, DeviationOf) };
        if (_samples is null) return (new EncodedPictures(_files!, input), input);
        Array.Resize(ref _samples, _count * input.Shape.Size);
        return (new MemoryImageSet(input.Shape, _samples), input);
    }

    private void TakeFirst()
    {
        MLImage[] images = [.. _first!];
        (int height, int width) = _size ?? PictureSizing.Choose(images);
        _input = new PictureInput(new ImageShape(height, width, 3), null, [], []);
        _first = null;
        Take(images);
    }

    private void Take(MLImage[] images)
    {
        PictureInput input = _input!;
        int size = input.Shape.Size;
        Memory<byte> room = Room(images.Length);
        ParallelRows.Run(images.Length, i => input.Copy(images[i], room.Span.Slice(i * size, size)));
        Count(room.Span, input.Shape.Channels);
    }

    /// <summary>Room for more pictures; where there is none, room that is used again and again.</summary>
    private Memory<byte> Room(int pictures)
    {
        long size = _input!.Shape.Size, needed = (_count + pictures) * size;
        if (_samples is not null && needed > _room)
        {
            if (_files is null)
                throw new MLPipelinesException($"Column '{_column.Source.Name}': the pictures of {_input.Shape} take more than {_room >> 20} MB. Read them as LoadRawImageBytes gives them, which keeps files instead of pixels, choose a smaller ImageSize, or more PictureCacheMegabytes.");
            _samples = null;
        }
        _count += pictures;
        if (_samples is null) return new byte[pictures * size];
        if (needed > _samples.Length) Array.Resize(ref _samples, (int)Math.Min(Math.Max(needed, _samples.LongLength * 2), _room));
        return _samples.AsMemory((int)(needed - pictures * size), (int)(pictures * size));
    }

    private void Count(ReadOnlySpan<byte> samples, int channels)
    {
        if (_isGiven) return;
        for (int i = 0; i < samples.Length; i += channels)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int sample = samples[i + channel];
                _sums[channel] += sample;
                _squares[channel] += sample * sample;
                _isGrey &= sample == samples[i];
            }
        }
    }

    /// <summary>Keeps one channel of three that are the same.</summary>
    private PictureInput ToGrey(PictureInput input)
    {
        for (int i = 0; _samples is not null && i < _count * input.Shape.Height * input.Shape.Width; i++) _samples[i] = _samples[3 * i];
        return input with { Shape = input.Shape with { Channels = 1 } };
    }

    private float[] Channels(PictureInput input, Func<int, double, double> of)
    {
        if (input.Range is not null)
        {
            Array.Clear(_sums);
            Array.Clear(_squares);
            Count(_samples.AsSpan(0, _count * input.Shape.Size), input.Shape.Channels);
        }
        double pixels = (double)_count * input.Shape.Height * input.Shape.Width;
        return [.. Enumerable.Range(0, input.Shape.Channels).Select(channel => (float)of(channel, pixels))];
    }

    private double MeanOf(int channel, double pixels) => _sums[channel] / pixels / byte.MaxValue;

    private double DeviationOf(int channel, double pixels)
    {
        double mean = MeanOf(channel, pixels), variance = _squares[channel] / pixels / byte.MaxValue / byte.MaxValue - mean * mean;
        // Pictures that are all of one colour are divided by nothing.
        return variance > 1e-10 ? Math.Sqrt(variance) : 1;
    }
}
