using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>The greatest number of each window of images (N, H, W, C), by channel.</summary>
    /// <param name="window">The size of a window; it has at most 255 places.</param>
    /// <param name="stride">Pixels from one window to the next; the size of a window unless given.</param>
    /// <param name="padding">How far windows reach over the borders; nothing there is taken.</param>
    /// <param name="isRectified">Whether numbers below 0 count as 0: ReLU and pooling at once.</param>
    public Tensor MaxPool2d(Pair window, Pair? stride = null, Pair? padding = null, bool isRectified = false)
    {
        PoolingSize size = Windows(window, stride, padding);
        if (window.Height * window.Width > byte.MaxValue) throw new ArgumentException($"A window has {byte.MaxValue} places at most.", nameof(window));
        Shape shape = [Shape[0], size.OutHeight, size.OutWidth, Shape[3]];
        Tensor x = Dense(), y = NewLike(shape), places = Tape.Wants([this]) ? New(shape, Device, ElementType.UInt8) : None;
        Backend.MaxPool(size, x.Floats, isRectified, y.Floats, places.IsNone ? null : places.Pointer);
        return Tape.Record(Derivatives.MaxPool, y, [this], new Attributes { Pooling = size, Saved = places });
    }

    /// <summary>The mean of each window of images (N, H, W, C), by channel.</summary>
    /// <param name="window">The size of a window.</param>
    /// <param name="stride">Pixels from one window to the next; the size of a window unless given.</param>
    /// <param name="padding">How far windows reach over the borders.</param>
    /// <param name="countsPadding">Whether what lies outside counts as 0; otherwise it does not count.</param>
    public Tensor AveragePool2d(Pair window, Pair? stride = null, Pair? padding = null, bool countsPadding = true)
    {
        PoolingSize size = Windows(window, stride, padding);
        Tensor x = Dense(), y = NewLike([Shape[0], size.OutHeight, size.OutWidth, Shape[3]]);
        Backend.AveragePool(size, x.Floats, countsPadding, y.Floats);
        return Tape.Record(Derivatives.AveragePool, y, [this], new Attributes { Pooling = size, Flag = countsPadding });
    }

    internal static Tensor MaxPoolGradient(in PoolingSize size, Tensor x, Tensor places, Tensor gradient)
    {
        Tensor dy = gradient.Dense(), dx = x.NewLike(x.Shape);
        x.Backend.MaxPoolGradient(size, dy.Floats, places.Pointer, dx.Floats);
        return dx;
    }

    internal static Tensor AveragePoolGradient(in PoolingSize size, Tensor x, bool countsPadding, Tensor gradient)
    {
        Tensor dy = gradient.Dense(), dx = x.NewLike(x.Shape);
        x.Backend.AveragePoolGradient(size, dy.Floats, countsPadding, dx.Floats);
        return dx;
    }

    private PoolingSize Windows(Pair window, Pair? stride, Pair? padding)
    {
        if (Rank != 4) throw new ArgumentException($"Pooling takes images (N, H, W, C), not {Shape}.");
        Pair by = stride ?? window, around = padding ?? 0;
        if (window.Height < 1 || window.Width < 1 || by.Height < 1 || by.Width < 1 || around.Height * 2 > window.Height || around.Width * 2 > window.Width)
            throw new ArgumentException($"Windows of {window.Height} × {window.Width} go in steps of 1 or more, and over borders by half of their size at most.", nameof(window));
        var size = new PoolingSize(Shape[0], Shape[1], Shape[2], Shape[3], window.Height, window.Width, by.Height, by.Width) { PaddingHeight = around.Height, PaddingWidth = around.Width };
        return size.OutHeight > 0 && size.OutWidth > 0 && Shape[1] + 2 * around.Height >= window.Height && Shape[2] + 2 * around.Width >= window.Width
            ? size : throw new ArgumentException($"Windows of {window.Height} × {window.Width} are larger than the images {Shape}.", nameof(window));
    }
}
